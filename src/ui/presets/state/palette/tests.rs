use super::*;
use crate::errors::BrowserError;
use serde_json::json;

fn preset(name: &str, sites: &[&str], values: Value) -> Preset {
    let sites: Vec<_> = sites.iter().map(|site| (*site).to_owned()).collect();
    Preset::new(name, &sites, values).unwrap()
}

fn opened() -> Model {
    let values = json!({"uniqueId": "shown"}).as_object().unwrap().clone();
    let page = Page {
        address: Some("https://acme.test:8443/a".into()),
        visitor: CapturedPreset { values, left_out: vec![] },
        edit: CapturedPreset::default(),
    };
    let mut model = Model::default();
    assert_eq!(update(&mut model, Event::Open(Box::new(page))), [Effect::Load]);
    let presets = vec![
        preset("Other", &["other.test"], json!({"uniqueId": "o"})),
        preset("Plain", &[], json!({"uniqueId": "\\{{p}}"})),
        preset("Asks", &["acme.test"], json!({"uniqueId": "{{id:7}}", "identities": ["{{name}}"]})),
    ];
    assert_eq!(update(&mut model, Event::Loaded(Ok(presets))), []);
    model
}

fn reviewed(values: Value) -> Effect {
    Effect::Review(VisitorPatch::from_argument(&values).unwrap())
}

fn names(model: &Model) -> Vec<&str> {
    model.rows().iter().map(|row| model.presets()[row.at].name()).collect()
}

#[test]
fn presets_of_other_sites_are_listed_on_request() {
    let mut model = opened();
    assert_eq!((names(&model), model.elsewhere()), (vec!["Plain", "Asks"], 1));
    update(&mut model, Event::ToggleEverywhere);
    assert_eq!(names(&model), ["Plain", "Asks", "Other"]);
    update(&mut model, Event::SelectPrevious);
    assert_eq!(model.selected, 2);
    update(&mut model, Event::SelectNext);
    assert_eq!(model.selected, 0);
}

#[test]
fn a_preset_without_placeholders_is_reviewed_at_once() {
    let mut model = opened();
    let effects = update(&mut model, Event::Choose(0));
    assert_eq!(effects, [reviewed(json!({"uniqueId": "{{p}}"}))]);
    assert!(!model.open);
    assert_eq!(update(&mut opened(), Event::Choose(7)), []);
}

#[test]
fn placeholders_are_filled_in_first() {
    let mut model = opened();
    assert_eq!(update(&mut model, Event::Choose(1)), []);
    assert_eq!(update(&mut model, Event::SubmitPlaceholders), [], "the name is open");
    update(&mut model, Event::Fill(1, "Ada".into()));
    let effects = update(&mut model, Event::SubmitPlaceholders);
    assert_eq!(effects, [reviewed(json!({"uniqueId": "7", "identities": ["Ada"]}))]);
}

#[test]
fn replacing_a_preset_needs_a_confirmation() {
    let mut model = opened();
    assert_eq!(update(&mut model, Event::OpenSaveForm(PresetSource::Visitor)), []);
    assert_eq!(update(&mut model, Event::Save { replace: false }), [], "no name");
    update(&mut model, Event::SetName(" Plain ".into()));
    update(&mut model, Event::SetOnlyHere(true));
    let wanted = preset("Plain", &["https://acme.test/*"], json!({"uniqueId": "shown"}));
    assert_eq!(update(&mut model, Event::Save { replace: false }), [Effect::Change(PresetChange::Add(wanted.clone()))]);
    update(&mut model, Event::Stored(Err(ListError::Refused(ListChangeError::NameTaken("Plain".into())))));
    assert!(model.is_name_taken() && matches!(model.step, Step::Save(_)));
    let replaced = PresetChange::Replace { of: "Plain".into(), with: wanted.clone() };
    assert_eq!(update(&mut model, Event::Save { replace: true }), [Effect::Change(replaced)]);
    assert_eq!(update(&mut model, Event::Stored(Ok(vec![wanted]))), []);
    assert_eq!((&model.step, model.saved.as_deref()), (&Step::Choose, Some("Plain")));
}

#[test]
fn a_preset_is_saved_once() {
    let mut model = opened();
    update(&mut model, Event::OpenSaveForm(PresetSource::Visitor));
    update(&mut model, Event::SetName("New".into()));
    let save = update(&mut model, Event::Save { replace: false });
    assert_eq!((save.len(), update(&mut model, Event::Save { replace: false })), (1, vec![]), "a second Enter");
    update(&mut model, Event::Stored(Err(ListError::Browser(BrowserError::Full("disk full".into())))));
    assert_eq!(update(&mut model, Event::Save { replace: false }), save, "after a failure, it can be tried again");
}

#[test]
fn a_failed_write_preserves_the_input() {
    let mut model = opened();
    update(&mut model, Event::OpenSaveForm(PresetSource::Visitor));
    update(&mut model, Event::SetName("New".into()));
    update(&mut model, Event::Save { replace: false });
    update(&mut model, Event::Stored(Err(ListError::Browser(BrowserError::Full("disk full".into())))));
    assert!(matches!(&model.step, Step::Save(saving) if saving.name == "New"));
    assert_eq!(model.failed, Some(ListError::Browser(BrowserError::Full("disk full".into()))));
}
