//! Edits of the plan as she asks for them: typing, undoing, adding, copying, moving, removing. How a
//! wish becomes an edit is `structure.rs`.

use crate::plan::{Edit, EditError, Id, Initiative, Kind, Node};

use super::{
    Session,
    document::Draft,
    effect::Effect,
    history::{Spot, Step, Target},
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

    pub(super) fn edit(&mut self, edit: Edit, target: Target) {
        self.step_is_made();
        let result = self.document.edit(edit, target);
        self.check_edit(result);
    }

    pub(super) fn edit_node(&mut self, edit: Edit, id: Id, spot: Spot) -> bool {
        self.step_is_made();
        let target = Target { id: Some(id), spot };
        let result = self.document.edit(edit, target);
        self.check_edit(result)
    }

    /// Applies an edit to the plan as a whole, as a step with a label of its own.
    pub(super) fn edit_plan(&mut self, edit: Edit, label: &str) -> bool {
        self.step_is_made();
        let result = self.document.edit_as(edit, Target::PLAN, label);
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

    pub(super) fn add(&mut self, kind: Kind, near: Option<Id>) {
        if self.end_typing() {
            let added = structure::add(self.document.plan(), near, kind, self.world.new_id);
            if let Some((edit, id)) = added
                && self.edit_node(edit, id, Spot::Node)
            {
                self.effects.push(Effect::Added(id));
            }
        }
    }

    pub(super) fn duplicate(&mut self, id: Id) {
        if self.end_typing() {
            let copied = structure::duplicate(self.document.plan(), id, self.world.new_id);
            if let Some((edit, id)) = copied
                && self.edit_node(edit, id, Spot::Node)
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
        let is_empty = match self.document.plan().node(id) {
            None => return,
            Some(Node::Initiative(initiative)) => {
                **initiative == Initiative::new(initiative.id, initiative.number)
            }
            Some(node) => node.children().is_empty() && node.title().is_empty(),
        };
        if is_empty {
            self.remove(id);
        } else {
            self.ask_on_request(Prompt::Remove(id));
        }
    }

    pub(super) fn remove(&mut self, id: Id) {
        let next = structure::neighbour(self.document.plan(), id);
        if self.edit_node(Edit::Remove { id }, id, Spot::Node) {
            self.effects.push(Effect::Removed(next));
        }
    }

    pub(super) fn shift(&mut self, id: Id, by: isize) {
        let edit = structure::shift(self.document.plan(), id, by);
        self.move_node(id, edit);
    }

    pub(super) fn move_to(&mut self, id: Id, parent: Option<Id>, position: usize) {
        let edit = structure::move_to(self.document.plan(), id, parent, position);
        self.move_node(id, edit);
    }

    fn move_node(&mut self, id: Id, edit: Option<Edit>) {
        if let Some(edit) = edit
            && self.edit_node(edit, id, Spot::Node)
        {
            self.effects.push(Effect::Moved(id));
        }
    }
}
