//! Edits of the plan as she asks for them: typing, undoing, adding, copying, moving, removing. How a
//! wish becomes an edit is `structure.rs`.

use crate::{
    form::Key,
    plan::{Edit, EditError, Id, Node},
};

use super::{
    Session,
    document::Draft,
    effect::Effect,
    history::{Step, Target},
    prompt::Prompt,
    structure, words,
};

impl Session {
    pub(super) fn type_text(&mut self, draft: Draft) {
        self.step_is_made();
        self.typed_at = self.now.clock;
        let result = self.document.type_text(draft);
        self.check_edit(result);
    }

    /// Puts what was typed in the plan. Whether that went well.
    pub(super) fn end_typing(&mut self) -> bool {
        let result = self.document.end_typing();
        self.check_edit(result)
    }

    /// Applies an edit as a step of its own. Whether that went well.
    pub(super) fn edit(&mut self, edit: Edit) -> bool {
        let target = Target::of(&edit);
        self.edit_at(edit, target)
    }

    /// The same, where another place is to be looked at.
    pub(super) fn edit_at(&mut self, edit: Edit, target: Target) -> bool {
        self.step_is_made();
        let result = self.document.edit(edit, target);
        self.check_edit(result)
    }

    /// Applies an edit to the plan as a whole, as a step with a label of its own.
    pub(super) fn edit_plan(&mut self, edit: Edit, label: &str) -> bool {
        self.edit_as(edit, Target::PLAN, label)
    }

    /// The same, where another place is to be looked at.
    pub(super) fn edit_as(&mut self, edit: Edit, target: Target, label: &str) -> bool {
        self.step_is_made();
        let result = self.document.edit_as(edit, target, label);
        self.check_edit(result)
    }

    pub(super) fn undo(&mut self) {
        let step = self.document.undo();
        self.show_step(step, words::undone);
    }

    pub(super) fn redo(&mut self) {
        let step = self.document.redo();
        self.show_step(step, words::redone);
    }

    /// Says what was undone, wherever she is looking.
    fn show_step(
        &mut self,
        step: Result<Option<Step>, EditError>,
        in_words: impl FnOnce(&str) -> String,
    ) {
        match step {
            Ok(Some(step)) => {
                self.say_of_step(in_words(&step.label));
                self.effects.push(Effect::Undone(step.target));
            }
            Ok(None) => {}
            Err(error) => self.fail(words::edit_failed(&error)),
        }
    }

    pub(super) fn add(&mut self, level: Key, near: Option<Id>) {
        if self.end_typing() {
            let place = structure::way_to(self.document.plan(), level, near);
            self.add_at(level, place);
        }
    }

    /// One more of the same level; without a node, the first of the plan.
    pub(super) fn add_next(&mut self, near: Option<Id>) {
        if self.end_typing() {
            let plan = self.document.plan();
            let level = match near {
                Some(id) => plan.level_of(id),
                None => plan.form().levels_in(None).next(),
            };
            if let Some(level) = level.map(|level| level.key) {
                let place = structure::way_to(plan, level, near);
                self.add_at(level, place);
            }
        }
    }

    fn add_at(&mut self, level: Key, place: Option<(structure::Place, Vec<Key>)>) {
        let plan = self.document.plan();
        let new_id = self.world.new_id;
        if let Some((edit, id)) = place.map(|place| structure::add(plan, level, place, new_id))
            && self.edit(edit)
        {
            self.effects.push(Effect::Added(id));
        }
    }

    pub(super) fn duplicate(&mut self, id: Id) {
        if self.end_typing() {
            let copied = structure::duplicate(self.document.plan(), id, self.world.new_id);
            if let Some((edit, id)) = copied
                && self.edit(edit)
            {
                self.effects.push(Effect::Copied(id));
            }
        }
    }

    /// An empty node goes at once; one with contents is asked about.
    pub(super) fn remove_or_ask(&mut self, id: Id) {
        if !self.end_typing() {
            return;
        }
        let Some(node) = self.document.plan().node(id) else {
            return;
        };
        let empty = Node {
            number: node.number,
            ..Node::new(id, node.level)
        };
        if **node == empty {
            self.remove(id);
        } else {
            self.ask_on_request(Prompt::Remove(id));
        }
    }

    pub(super) fn remove(&mut self, id: Id) {
        let next = structure::neighbour(self.document.plan(), id);
        if self.edit(Edit::Remove { id }) {
            self.effects.push(Effect::Removed(next));
        }
    }

    pub(super) fn shift(&mut self, id: Id, by: isize) {
        let edit = structure::shift(self.document.plan(), id, by);
        self.move_node(id, edit);
    }

    pub(super) fn indent(&mut self, id: Id) {
        let edit = structure::indent(self.document.plan(), id);
        self.move_node(id, edit);
    }

    pub(super) fn outdent(&mut self, id: Id) {
        let edit = structure::outdent(self.document.plan(), id);
        self.move_node(id, edit);
    }

    pub(super) fn move_to(&mut self, id: Id, parent: Option<Id>, position: usize) {
        let edit = structure::move_to(self.document.plan(), id, parent, position);
        self.move_node(id, edit);
    }

    fn move_node(&mut self, id: Id, edit: Option<Edit>) {
        if let Some(edit) = edit
            && self.edit(edit)
        {
            self.effects.push(Effect::Moved(id));
        }
    }
}
