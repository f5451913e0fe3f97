//! The origins that several values share. The view shows each of them once.

use super::model::Model;
use super::parts::Mode;
use inspector_core::visitor::observed::{Observed, Origin};
use inspector_core::visitor::{Field, Visitor};

/// How many values have an origin in common before it is shown once for all.
const SHARED_BY: usize = 2;

/// The kinds of origins, in the order in which they are shown.
const KINDS: [fn(&Origin) -> bool; 3] = [
    |origin| matches!(origin, Observed::Value(..)),
    |origin| matches!(origin, Observed::Unset(_)),
    |origin| matches!(origin, Observed::Unknown(_)),
];

/// At most one origin of each kind: where values were read, where they were removed, and why they are unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedOrigins(Vec<Origin>);

impl SharedOrigins {
    /// The shared origins of the shown visitor; none while another visitor is being identified.
    pub fn read(model: &Model) -> Self {
        match model.report() {
            Some(report) if model.edit.mode == Mode::Update => Self::of(&report.visitor),
            _ => Self::default(),
        }
    }

    /// The most frequent origin of each kind.
    fn of(visitor: &Visitor) -> Self {
        let mut origins: Vec<_> = Field::ALL.iter().map(|field| visitor.field(*field).now.origin()).collect();
        origins.extend([visitor.short_id.origin(), visitor.watch_link.origin()]);
        // The source of a known code isn't shown.
        origins.extend(Some(visitor.lookup_code.code.origin()).filter(|code| matches!(code, Observed::Unknown(_))));
        let count = |origin: &&Origin| origins.iter().filter(|other| other == origin).count();
        let shared = |kind: fn(&Origin) -> bool| {
            // Of equally frequent origins, the first one.
            let most_frequent = origins.iter().rev().filter(|origin| kind(origin)).max_by_key(count);
            most_frequent.filter(|origin| count(origin) >= SHARED_BY).cloned()
        };
        Self(KINDS.into_iter().filter_map(shared).collect())
    }

    /// The origins.
    pub fn iter(&self) -> impl Iterator<Item = &Origin> {
        self.0.iter()
    }

    /// Whether the origin of a value needn't be shown with it: it is one of these, or that of the value `above`, if
    /// there is such a value. If these have a reason why values are unknown, a row without a reason would seem to have
    /// that one.
    pub fn covers(&self, origin: &Origin, above: Option<&Origin>) -> bool {
        let has_reason = self.0.iter().any(|origin| matches!(origin, Observed::Unknown(_)));
        self.0.contains(origin) || !has_reason && above == Some(origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use inspector_core::visitor::lookup_code::CodeReading;
    use inspector_core::visitor::observed::{Source, UnknownReason};
    use inspector_core::visitor::page_value::PageValue;
    use inspector_core::visitor::{FieldReading, PerField};

    const PAGE: Origin = Observed::Value((), Source::Configuration);
    const CHAT: Origin = Observed::Value((), Source::LiveChat);
    const STORED: Origin = Observed::Value((), Source::LocalStorage);
    const DERIVED: Origin = Observed::Value((), Source::Derived);
    const REMOVED: Origin = Observed::Unset(Source::Configuration);
    const NOT_SET: Origin = Observed::Unknown(UnknownReason::NotSet);
    const NOT_FOUND: Origin = Observed::Unknown(UnknownReason::NotFound);

    /// The shared origins of a visitor with these origins of the fields, of the short ID and the watch link, and of the
    /// lookup code.
    fn shared(fields: [Origin; Field::ALL.len()], ids: [Origin; 2], code: Origin) -> Vec<Origin> {
        let text = |origin: Origin| origin.map(|()| "a".to_owned());
        let fields = PerField::from_array(fields);
        let value = |field: Field| fields[field].clone().map(|()| PageValue::Text("a".into()));
        let [short_id, watch_link] = ids.map(text);
        let code = CodeReading { code: text(code), set_at: None };
        SharedOrigins::of(&Visitor::new(
            |field| FieldReading::new(field, value(field), None),
            short_id,
            watch_link,
            code,
        ))
        .0
    }

    #[test]
    fn the_most_frequent_source_is_shared() {
        let all = shared([PAGE, PAGE, PAGE, PAGE, PAGE], [STORED, DERIVED], STORED);
        assert_eq!(all, [PAGE]);
        let one_differs = shared([CHAT, PAGE, PAGE, PAGE, PAGE], [STORED, DERIVED], STORED);
        assert_eq!(one_differs, [PAGE]);
        let as_many = shared([CHAT, CHAT, PAGE, PAGE, NOT_SET], [STORED, DERIVED], NOT_FOUND);
        assert_eq!(as_many, [CHAT]);
    }

    #[test]
    fn a_reason_is_repeated_below_another_one() {
        let above = Some(&NOT_FOUND);
        assert!(SharedOrigins::default().covers(&NOT_FOUND, above));
        assert!(SharedOrigins(vec![PAGE]).covers(&NOT_FOUND, above));
        assert!(SharedOrigins(vec![NOT_FOUND]).covers(&NOT_FOUND, above));
        assert!(!SharedOrigins(vec![PAGE, NOT_SET]).covers(&NOT_FOUND, above));
        assert!(!SharedOrigins::default().covers(&NOT_FOUND, Some(&STORED)));
    }

    #[test]
    fn each_kind_of_origin_is_shared() {
        let kinds = shared([PAGE, PAGE, REMOVED, REMOVED, NOT_SET], [NOT_FOUND, NOT_FOUND], NOT_FOUND);
        assert_eq!(kinds, [PAGE, REMOVED, NOT_FOUND]);
    }

    #[test]
    fn an_origin_of_a_single_value_stays_with_it() {
        let single = shared([PAGE, REMOVED, CHAT, NOT_SET, NOT_FOUND], [STORED, DERIVED], STORED);
        assert_eq!(single, []);
    }

    #[test]
    fn the_source_of_a_code_does_not_count() {
        let code = shared([NOT_SET, NOT_SET, NOT_SET, NOT_SET, NOT_SET], [STORED, DERIVED], STORED);
        assert_eq!(code, [NOT_SET]);
    }
}
