//! The first-run page: which steps of the practice have been done.

/// What there is to try, in the order in which it is offered. Any of them may be done before its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Finding out who the visitor is, by copying the lookup code.
    Code,
    /// Changing a value, and looking at the exact call.
    Edit,
    /// Applying it, until it is read back.
    Apply,
    /// Taking it back.
    Undo,
    /// Masking values.
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

/// What there is to see of the practice page and of the inspector beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// The lookup code was copied.
    pub copied: bool,
    /// The call that an edit comes to was in sight.
    pub call_seen: bool,
    /// An edit was read back.
    pub read_back: bool,
    /// Values are masked.
    pub masked: bool,
    /// Something was asked for that needs a real page; how often.
    pub refused: u32,
    /// The visitor's values, as one text.
    pub visitor: String,
    pub short_id: String,
    pub code: String,
    /// The newest calls that the practice page heard, the last one first.
    pub calls: Vec<String>,
}

/// The state of the page.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub sight: Sight,
    done: [bool; Step::ALL.len()],
    /// The step done last, to be told to screen readers.
    pub last: Option<Step>,
    /// The short ID of the first visitor.
    first: Option<String>,
    /// The visitor's values before the newest change of them.
    before: Option<String>,
    /// The keys that open the inspector, where there are some.
    pub keys: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Seen(Sight),
    Keys(String),
    Close,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answered by [`Event::Seen`] whenever there is something new, and by [`Event::Keys`].
    Follow,
    Close,
}

impl Model {
    pub fn is_done(&self, step: Step) -> bool {
        self.done[step as usize]
    }

    /// The step to try now; `None` once all are done.
    pub fn next(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.is_done(*step))
    }

    fn see(&mut self, sight: Sight) {
        let came_back = self.before.as_ref() == Some(&sight.visitor) && self.sight.visitor != sight.visitor;
        let is_new = self.first.get_or_insert_with(|| sight.short_id.clone()) != &sight.short_id;
        let done = [
            (Step::Code, sight.copied),
            // Who applies an edit without looking has made one.
            (Step::Edit, sight.call_seen || sight.read_back),
            (Step::Apply, sight.read_back),
            (Step::Undo, came_back && self.is_done(Step::Apply)),
            (Step::Mask, sight.masked),
            (Step::LogOut, is_new),
        ];
        for (step, _) in done.into_iter().filter(|(_, is_done)| *is_done) {
            if !std::mem::replace(&mut self.done[step as usize], true) {
                self.last = Some(step);
            }
        }
        if self.sight.visitor != sight.visitor {
            self.before = Some(std::mem::take(&mut self.sight.visitor));
        }
        self.sight = sight;
    }
}

/// Takes the state through one event.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Seen(sight) => model.see(sight),
        Event::Keys(keys) => model.keys = keys,
        Event::Close => return vec![Effect::Close],
    }
    vec![]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(visitor: &str, short_id: &str) -> Sight {
        Sight { visitor: visitor.into(), short_id: short_id.into(), ..Sight::default() }
    }

    fn after(sights: impl IntoIterator<Item = Sight>) -> Model {
        let mut model = Model::default();
        sights.into_iter().for_each(|sight| model.see(sight));
        model
    }

    fn done(model: &Model) -> Vec<&'static str> {
        Step::ALL.into_iter().filter(|step| model.is_done(*step)).map(Step::name).collect()
    }

    #[test]
    fn each_step_ticks_when_it_was_done_and_stays_so() {
        let ada = || sight("ada", "1");
        let mut model = after([ada()]);
        assert_eq!((done(&model), model.next()), (vec![], Some(Step::Code)));
        for (seen, step) in [
            (Sight { copied: true, ..ada() }, "code"),
            (Sight { call_seen: true, ..ada() }, "edit"),
            (Sight { read_back: true, ..sight("ada+", "1") }, "apply"),
            (ada(), "undo"),
            (Sight { masked: true, ..ada() }, "mask"),
            (sight("", ""), "log-out"),
        ] {
            model.see(seen);
            assert_eq!(model.last.map(Step::name), Some(step));
        }
        model.see(ada());
        assert_eq!((done(&model).len(), model.next()), (6, None));
    }

    #[test]
    fn a_step_done_before_its_turn_counts_and_the_first_one_left_is_next() {
        let model = after([sight("ada", "1"), Sight { masked: true, ..sight("ada", "1") }]);
        assert_eq!((done(&model), model.next()), (vec!["mask"], Some(Step::Code)));
    }

    #[test]
    fn only_what_was_applied_can_be_undone() {
        let back = after([sight("ada", "1"), sight("ada+", "1"), sight("ada", "1")]);
        assert_eq!(done(&back), Vec::<&str>::new());
        let on = Sight { read_back: true, ..sight("ada+", "1") };
        let further = after([sight("ada", "1"), on.clone(), on, sight("ada++", "1")]);
        assert_eq!(done(&further), ["edit", "apply"]);
    }

    #[test]
    fn a_guest_s_edit_is_undone_as_well() {
        let guest = |read_back, visitor| Sight { read_back, ..sight(visitor, "2") };
        let model = after([sight("ada", "1"), guest(false, ""), guest(true, "tag"), guest(true, "")]);
        assert_eq!(done(&model), ["edit", "apply", "undo", "log-out"]);
    }
}
