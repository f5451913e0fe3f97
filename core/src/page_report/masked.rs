//! Masks the personal data of a report.

use super::{PageInfo, Report, SdkSettings, WaitingCall};
use crate::page_report::connection::{Link, Sdk};
use crate::recording::mask::{MaskContext, Masker};
use crate::visitor::flaw::Flaw;
use crate::visitor::lookup_code::CodeReading;
use crate::visitor::observed::Observed;
use crate::visitor::{Field, FieldReading, Visitor};

impl Report {
    /// Returns the report with every personal text and number masked. Equal values get equal masks, and the flaws are
    /// unchanged.
    pub fn masked(&self, masker: &mut Masker) -> Self {
        let page = PageInfo {
            url: masker.url(&self.page.url),
            title: masker.text(&self.page.title, MaskContext::Other),
            ..self.page.clone()
        };
        let settings = &self.settings;
        let mut copied = |value: &Option<_>| value.as_ref().map(|value| masker.value(value, MaskContext::Settings));
        let settings =
            SdkSettings { config: copied(&settings.config), account: copied(&settings.account), ..settings.clone() };
        Self {
            page,
            settings,
            sdk: sdk(&self.sdk, masker),
            visitor: visitor(&self.visitor, masker),
            calls: self.calls.iter().map(|call| waiting_call(call, masker)).collect(),
            ..self.clone()
        }
    }
}

fn sdk(sdk: &Sdk, masker: &mut Masker) -> Sdk {
    match sdk {
        Sdk::Loaded(Link::InSession(names)) => {
            let names = names.iter().map(|name| masker.text(name, MaskContext::Field(Field::Identities)));
            Sdk::Loaded(Link::InSession(names.collect()))
        }
        other => other.clone(),
    }
}

fn visitor(visitor: &Visitor, masker: &mut Masker) -> Visitor {
    let mut text = |value: &Observed<String>, context| value.clone().map(|text| masker.text(&text, context));
    let short_id = text(&visitor.short_id, MaskContext::ShortId);
    let watch_link = text(&visitor.watch_link, MaskContext::Other);
    let code = text(&visitor.lookup_code.code, MaskContext::LookupCode);
    let code = CodeReading { code, ..visitor.lookup_code.clone() };
    Visitor::new(|field| reading(field, visitor.field(field), masker), short_id, watch_link, code)
}

fn reading(field: Field, read: &FieldReading, masker: &mut Masker) -> FieldReading {
    let context = MaskContext::Field(field);
    let flaw = |masker: &mut Masker, flaw: &Flaw| Flaw {
        repair: flaw.repair.as_ref().map(|repair| masker.text(repair, context)),
        ..flaw.clone()
    };
    FieldReading {
        now: read.now.clone().map(|value| masker.value(&value, context)),
        queued: read.queued.as_ref().map(|value| masker.value(value, context)),
        flaws: read.flaws.iter().map(|it| flaw(masker, it)).collect(),
    }
}

fn waiting_call(call: &WaitingCall, masker: &mut Masker) -> WaitingCall {
    let arguments = call.arguments.iter().map(|value| masker.value(value, MaskContext::Settings)).collect();
    WaitingCall { arguments, ..call.clone() }
}
