//! A plan as another form would have it, for what is written of it: `--form`. The plan's own file
//! keeps its form.

use std::{io::Write as _, path::Path};

use crate::{
    form::Form,
    plan::{
        EditError, Plan,
        refit::{Mapping, Part, Uses, refit},
    },
    storage::forms,
};

/// The plan could not be put in the other form.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotInForm {
    #[error(transparent)]
    Form(#[from] forms::FormError),
    #[error("別の様式で書き出せませんでした。{0}。何も書き出していません。")]
    Edit(#[from] EditError),
}

/// The plan in the form of this file, as far as their keys agree; as it is without one. What has no
/// place in the form is named in a sentence.
pub(super) fn in_form(plan: Plan, file: Option<&Path>) -> Result<Plan, NotInForm> {
    let Some(file) = file else {
        return Ok(plan);
    };
    let form = forms::open(file)?;
    let uses = Uses::of(&plan);
    let mapping = Mapping::by_keys(&uses, &form);
    let homeless = mapping.homeless(&uses, &form).map(|(part, _)| part);
    warn_of_homeless(plan.form(), homeless);
    let mut refitted = plan;
    refitted.apply(&refit(&refitted, &form, &mapping))?;
    Ok(refitted)
}

fn warn_of_homeless<'a>(form: &Form, homeless: impl Iterator<Item = &'a Part>) {
    // A level comes along with all that is said in it.
    let (levels, others): (Vec<&Part>, Vec<&Part>) =
        homeless.partition(|part| matches!(part, Part::Level(_)));
    let sentences = [
        (others, "指定した様式にないものは書き出していません"),
        (
            levels,
            "指定した様式にない階層は、計画の様式のまま書き出しました",
        ),
    ];
    for (parts, sentence) in sentences {
        let names: Vec<String> = parts.iter().map(|it| form.part_name(it)).collect();
        if !names.is_empty() {
            // Nobody may be listening (a closed pipe), and then there is nobody to tell.
            let _ = writeln!(
                std::io::stderr(),
                "furikaeri: {sentence}：{}",
                names.join("、")
            );
        }
    }
}
