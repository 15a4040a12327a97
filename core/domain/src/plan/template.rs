//! What a patch says of all occurrences of a rule.

use crate::patch::{Patch, TaskPatch};
use crate::recurring::Template;
use crate::recurring::offset::Offset;
use crate::text::Tag;
use crate::when::When;

/// The template with what the patch says of all occurrences; distances are measured from `due`. When it comes is the schedule's
/// matter.
#[must_use]
pub fn patched(mut template: Template, patch: &TaskPatch, due: Option<When>) -> Template {
    fn put<T, U>(slot: &mut Option<U>, patch: &Patch<T>, of: impl Fn(&T) -> Option<U>) {
        match patch {
            Patch::Keep => {}
            Patch::Clear => *slot = None,
            Patch::Set(value) => *slot = of(value),
        }
    }
    if let Some(title) = &patch.title {
        title.as_str().clone_into(&mut template.title);
    }
    put(&mut template.notes, &patch.notes, |notes| Some(notes.as_str().to_owned()));
    put(&mut template.priority, &patch.priority, |priority| Some(*priority));
    put(&mut template.project, &patch.project, |project| Some(project.clone()));
    put(&mut template.estimate, &patch.estimate, |length| Some(*length));
    put(&mut template.parent, &patch.parent, |id| Some(*id));
    put(&mut template.wait, &patch.wait, |wait| due.map(|due| Offset::between(due, *wait)));
    if let Patch::Set(schedule) = &patch.schedule {
        let offset = |moment: Option<When>| moment.map(|moment| Offset::between(schedule.due, moment));
        (template.start, template.end) = (offset(schedule.start), offset(schedule.end));
    }
    let removed: Vec<String> = patch.remove_tags.iter().map(Tag::folded).collect();
    template.tags.retain(|tag| !patch.clear_tags && !removed.contains(&tag.folded()));
    for tag in patch.add_tags.iter().filter(|tag| !removed.contains(&tag.folded())) {
        if !template.tags.iter().any(|other| other.folded() == tag.folded()) {
            template.tags.push(tag.clone());
        }
    }
    template.tags.sort_by_key(Tag::folded);
    template
}
