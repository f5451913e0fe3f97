//! The first-run page: the completed steps of the practice.

/// The practice steps in their suggested order. They can be done in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Find out who the visitor is, by copying the lookup code.
    Code,
    /// Change a value and view the exact call.
    Edit,
    /// Apply the change until it is read back.
    Apply,
    /// Undo the change.
    Undo,
    /// Mask values.
    Mask,
    LogOut,
}

impl Step {
    pub const ALL: [Self; 6] = [Self::Code, Self::Edit, Self::Apply, Self::Undo, Self::Mask, Self::LogOut];

    /// The value of the stable attribute `data-step`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Edit => "edit",
            Self::Apply => "apply",
            Self::Undo => "undo",
            Self::Mask => "mask",
            Self::LogOut => "log-out",
        }
    }
}

/// The state of the practice page and of its inspector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PracticeReport {
    /// The lookup code was copied.
    pub copied: bool,
    /// The exact call was visible.
    pub call_seen: bool,
    /// An edit was read back.
    pub read_back: bool,
    /// Values are masked.
    pub masked: bool,
    /// How often an action was refused that needs a real page.
    pub refused: u32,
    /// The visitor's values, as one text.
    pub visitor: String,
    pub short_id: String,
    pub code: String,
    /// The practice page's newest calls, last one first.
    pub calls: Vec<String>,
}

/// The model of the page.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub report: PracticeReport,
    done: [bool; Step::ALL.len()],
    /// The last completed step, for screen readers.
    pub last: Option<Step>,
    /// The short ID of the first visitor.
    first: Option<String>,
    /// The visitor's values before the last change.
    before: Option<String>,
    /// The keys that open the inspector, if they are set.
    pub keys: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Seen(PracticeReport),
    Keys(String),
    Close,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answered by [`Event::Seen`] after each change, and by [`Event::Keys`].
    Follow,
    Close,
}

impl Model {
    pub fn is_done(&self, step: Step) -> bool {
        self.done[step as usize]
    }

    /// The next step; `None` once all are done.
    pub fn next(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.is_done(*step))
    }

    fn add_report(&mut self, report: PracticeReport) {
        let came_back = self.before.as_ref() == Some(&report.visitor) && self.report.visitor != report.visitor;
        let is_new = self.first.get_or_insert_with(|| report.short_id.clone()) != &report.short_id;
        let done = [
            (Step::Code, report.copied),
            // An applied edit counts as made even if it wasn't viewed.
            (Step::Edit, report.call_seen || report.read_back),
            (Step::Apply, report.read_back),
            (Step::Undo, came_back && self.is_done(Step::Apply)),
            (Step::Mask, report.masked),
            (Step::LogOut, is_new),
        ];
        for (step, _) in done.into_iter().filter(|(_, is_done)| *is_done) {
            if !std::mem::replace(&mut self.done[step as usize], true) {
                self.last = Some(step);
            }
        }
        if self.report.visitor != report.visitor {
            self.before = Some(std::mem::take(&mut self.report.visitor));
        }
        self.report = report;
    }
}

/// Applies one event to the model.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Seen(report) => model.add_report(report),
        Event::Keys(keys) => model.keys = keys,
        Event::Close => return vec![Effect::Close],
    }
    vec![]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(visitor: &str, short_id: &str) -> PracticeReport {
        PracticeReport { visitor: visitor.into(), short_id: short_id.into(), ..PracticeReport::default() }
    }

    fn after(reports: impl IntoIterator<Item = PracticeReport>) -> Model {
        let mut model = Model::default();
        reports.into_iter().for_each(|report| model.add_report(report));
        model
    }

    fn done(model: &Model) -> Vec<&'static str> {
        Step::ALL.into_iter().filter(|step| model.is_done(*step)).map(Step::name).collect()
    }

    #[test]
    fn a_completed_step_stays_completed() {
        let ada = || report("ada", "1");
        let mut model = after([ada()]);
        assert_eq!((done(&model), model.next()), (vec![], Some(Step::Code)));
        for (seen, step) in [
            (PracticeReport { copied: true, ..ada() }, "code"),
            (PracticeReport { call_seen: true, ..ada() }, "edit"),
            (PracticeReport { read_back: true, ..report("ada+", "1") }, "apply"),
            (ada(), "undo"),
            (PracticeReport { masked: true, ..ada() }, "mask"),
            (report("", ""), "log-out"),
        ] {
            model.add_report(seen);
            assert_eq!(model.last.map(Step::name), Some(step));
        }
        model.add_report(ada());
        assert_eq!((done(&model).len(), model.next()), (6, None));
    }

    #[test]
    fn steps_can_be_done_in_any_order() {
        let model = after([report("ada", "1"), PracticeReport { masked: true, ..report("ada", "1") }]);
        assert_eq!((done(&model), model.next()), (vec!["mask"], Some(Step::Code)));
    }

    #[test]
    fn only_an_applied_edit_can_be_undone() {
        let back = after([report("ada", "1"), report("ada+", "1"), report("ada", "1")]);
        assert_eq!(done(&back), Vec::<&str>::new());
        let on = PracticeReport { read_back: true, ..report("ada+", "1") };
        let further = after([report("ada", "1"), on.clone(), on, report("ada++", "1")]);
        assert_eq!(done(&further), ["edit", "apply"]);
    }

    #[test]
    fn an_undo_works_without_identity() {
        let guest = |read_back, visitor| PracticeReport { read_back, ..report(visitor, "2") };
        let model = after([report("ada", "1"), guest(false, ""), guest(true, "tag"), guest(true, "")]);
        assert_eq!(done(&model), ["edit", "apply", "undo", "log-out"]);
    }
}
