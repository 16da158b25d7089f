//! The program's source as the compiler reads it: what each file names.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    ItemExternCrate, ItemMod, ItemUse, UseTree, VisRestricted,
    visit::{self, Visit},
};

/// A file of the source.
pub struct File {
    /// Below `src`, e.g. `plan/merge/mod.rs`.
    pub path: PathBuf,
    pub text: String,
}

/// A name as it is known everywhere: `["crate", "plan", "Id"]`, `["std", "fs"]`. What stands alone,
/// such as a variable, is a name as well.
pub type Name = Vec<String>;

/// All files below `src`.
pub fn files() -> Vec<File> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let (mut files, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).expect("a source file");
                let path = path.strip_prefix(root).expect("below src").to_owned();
                files.push(File { path, text });
            }
        }
    }
    files
}

/// Everything that a file names outside its tests: in `use`, in paths, in what macros and
/// attributes are given.
pub fn names(path: &Path, text: &str) -> Vec<Name> {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut module = vec!["crate".to_owned()];
    module.extend(path.with_extension("").iter().map(|part| {
        let part = part.to_str().expect("a module's name");
        part.to_owned()
    }));
    if ["mod", "lib", "main"].contains(&module[module.len() - 1].as_str()) {
        module.pop();
    }
    let mut reader = Reader {
        module,
        names: Vec::new(),
    };
    reader.visit_file(&file);
    reader.names
}

struct Reader {
    module: Name,
    names: Vec<Name>,
}

impl Reader {
    /// Notes a name that was written in the module at hand.
    fn note(&mut self, written: &[String]) {
        if written.is_empty() {
            return;
        }
        let mut name = Name::new();
        for (n, part) in written.iter().enumerate() {
            match part.as_str() {
                // The program names its library so.
                "crate" | "furikaeri" if n == 0 => name = vec!["crate".to_owned()],
                "self" if n == 0 => name.clone_from(&self.module),
                "super" if n == 0 => {
                    name.clone_from(&self.module);
                    name.pop();
                }
                "super" => {
                    name.pop();
                }
                "self" => {}
                _ => name.push(part.clone()),
            }
        }
        self.names.push(name);
    }

    fn note_tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons) = (Name::new(), 0);
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(ident) if colons == 2 => path.push(ident.to_string()),
                other => {
                    self.note(&std::mem::take(&mut path));
                    match other {
                        TokenTree::Ident(ident) => path.push(ident.to_string()),
                        TokenTree::Group(group) => self.note_tokens(group.stream()),
                        TokenTree::Punct(_) | TokenTree::Literal(_) => {}
                    }
                }
            }
            colons = 0;
        }
        self.note(&path);
    }

    fn note_use(&mut self, before: &[String], tree: &UseTree) {
        let with = |last: String| [before, &[last]].concat();
        match tree {
            UseTree::Path(path) => self.note_use(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.note(&with(name.ident.to_string())),
            UseTree::Rename(renamed) => self.note(&with(renamed.ident.to_string())),
            UseTree::Glob(_) => self.note(&with("*".to_owned())),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.note_use(before, tree);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if module.attrs.iter().any(is_for_tests) {
            return;
        }
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.note_use(&[], &item.tree);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast ItemExternCrate) {
        self.note(&[item.ident.to_string()]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts = path.segments.iter().map(|part| part.ident.to_string());
        self.note(&parts.collect::<Vec<_>>());
        visit::visit_path(self, path);
    }

    /// What a macro or an attribute makes of it nobody knows, but paths in it look like paths.
    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        self.note_tokens(tokens.clone());
    }

    /// Who may see something is above it and no dependency.
    fn visit_vis_restricted(&mut self, _visibility: &'ast VisRestricted) {}
}

fn is_for_tests(attribute: &syn::Attribute) -> bool {
    let condition = attribute.parse_args::<syn::Ident>();
    attribute.path().is_ident("cfg") && condition.is_ok_and(|condition| condition == "test")
}
