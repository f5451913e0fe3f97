//! Masks for texts and numbers, numbered by first appearance.

use super::context::MaskContext;
use crate::js_number::{MAX_SAFE_INTEGER, loses_digits};
use crate::visitor::Field;
use crate::visitor::address;
use crate::visitor::escaped;
use crate::visitor::flaw::{FlawKind, plain_text_flaw};
use crate::visitor::identity::{MASKED_EMAIL, folded, is_id_of_nobody, is_made_id};
use crate::visitor::integration_id::{IntegrationId, live_chat_of};
use crate::visitor::page_value::is_zero;
use crate::visitor::tag::Tag;
use serde_json::Number;
use std::collections::HashMap;

/// Assigns masks. Equal texts or numbers always get the same mask. Masks of texts that differ only in case differ only
/// in case.
#[derive(Default)]
pub struct Masker {
    texts: HashMap<String, MaskedText>,
    numbers: HashMap<String, usize>,
}

/// The mask of texts that differ only in case.
struct MaskedText {
    number: usize,
    /// The texts, by first appearance.
    cases: Vec<String>,
}

impl Masker {
    fn masked(&mut self, text: &str) -> &mut MaskedText {
        let number = self.texts.len() + 1;
        self.texts.entry(folded(text)).or_insert_with(|| MaskedText { number, cases: vec![] })
    }

    fn number_of(&mut self, text: &str) -> usize {
        self.masked(text).number
    }

    /// Masks a number. Zero stays zero, because it is falsy.
    pub(super) fn number(&mut self, number: &Number) -> Number {
        if is_zero(number) {
            return number.clone();
        }
        let next = self.numbers.len() + 1;
        let mask = *self.numbers.entry(number.as_str().to_owned()).or_insert(next) as u64;
        Number::from(if loses_digits(number) { MAX_SAFE_INTEGER + 1 + mask } else { mask })
    }

    /// Masks a text. The mask has the same pattern in its context, and at least the text's length if that is longer.
    pub fn text(&mut self, text: &str, context: MaskContext) -> String {
        match plain_text_flaw(text) {
            Some((FlawKind::Template, _)) => return format!("{{{{ {} }}}}", self.number_of(text)),
            Some((FlawKind::MissingPart, _)) => return format!("‹text {}› undefined", self.number_of(text)),
            Some((FlawKind::Escaped, repair)) => return self.escaped(text, repair.as_deref(), context),
            Some((FlawKind::Padded, Some(trimmed))) => return format!("{} ", self.text(&trimmed, context)),
            Some((FlawKind::DigitsLost, _)) => return format!("1.{}E+21", self.number_of(text)),
            Some(_) => return text.to_owned(),
            None => {}
        }
        match context {
            MaskContext::Unmasked => text.to_owned(),
            MaskContext::Field(Field::UniqueId | Field::Identities) if is_id_of_nobody(text) => text.to_owned(),
            MaskContext::Field(Field::UniqueId) if is_made_id(text) => {
                let width = text.chars().count().saturating_sub("guest-".len());
                format!("guest-{:0>width$}", self.number_of(text))
            }
            MaskContext::Field(Field::Tags) => self.tag(text),
            MaskContext::Field(Field::IntegrationIds) => self.integration_id(text),
            MaskContext::Field(Field::UniqueId) => self.labelled(label_of(text, "id"), text),
            MaskContext::Field(Field::Identities) => self.labelled(label_of(text, "name"), text),
            MaskContext::ShortId => self.labelled("visitor", text),
            MaskContext::LookupCode => self.labelled("code", text),
            _ if is_address(text) => self.url(text),
            _ => self.labelled(label_of(text, "text"), text),
        }
    }

    /// Masks the decoded text and escapes the mask. Text without a decoded form gets a template as its mask.
    fn escaped(&mut self, text: &str, says: Option<&str>, context: MaskContext) -> String {
        let mask = match says {
            Some(says) => self.text(says, context),
            None => format!("{{{{ {} }}}}", self.number_of(text)),
        };
        let rest = mask.chars().skip(1).collect::<String>();
        let has_entities = escaped::decoded_entities(text).is_some();
        mask.chars().next().map_or_else(String::new, |first| match has_entities {
            true => format!("&#{};{rest}", first as u32),
            // Metadata may contain quotations, but no entities: the mask must not be flawed where the text isn't.
            false => format!(r#""\u{:04x}{rest}""#, first as u32),
        })
    }

    fn labelled(&mut self, label: &str, text: &str) -> String {
        let masked = self.masked(text);
        let mask = format!("‹{} {}", masked.in_case(label, text), masked.number);
        let length = text.chars().count().saturating_sub(mask.chars().count() + 1);
        format!("{mask}{}›", "·".repeat(length))
    }

    /// `#TAG-B` for a documented tag, `#tag-b` for one that can be repaired.
    fn tag(&mut self, text: &str) -> String {
        let letters = letters(self.number_of(text));
        match (Tag::parse(text), Tag::repair(text)) {
            (Some(_), _) => format!("#TAG-{letters}"),
            (None, Some(_)) => format!("#tag-{}", letters.to_ascii_lowercase()),
            (None, None) => self.labelled("tag", text),
        }
    }

    fn integration_id(&mut self, text: &str) -> String {
        if let Some(chat) = live_chat_of(text) {
            return format!("{chat}:{}", self.labelled("id", text));
        }
        match (IntegrationId::parse(text), IntegrationId::repair(text)) {
            (Some(id), _) if id.is_clearing() => text.to_owned(),
            (Some(id), _) => format!("{}:{}", id.system(), self.labelled("id", text)),
            (None, Some(id)) => format!("{} :{}", id.system(), self.labelled("id", text)),
            (None, None) => self.labelled("id", text),
        }
    }

    /// Masks path, query and fragment of a URL, except the words that the checks look for.
    pub fn url(&mut self, url: &str) -> String {
        if !url.contains("://") {
            return if url.is_empty() || url.starts_with("about:") {
                url.to_owned()
            } else {
                self.labelled("address", url)
            };
        }
        let (rest, fragment) = split(url, '#');
        let site = address::site(rest);
        let mut out = format!("{site}{}", self.place(&rest[site.len()..]));
        if let Some(fragment) = fragment {
            let path = fragment.trim_start_matches('!');
            out.push_str(if path.len() < fragment.len() { "#!" } else { "#" });
            out.push_str(&self.place(path));
        }
        out
    }

    /// Masks a path with its query, in the URL or in its fragment.
    fn place(&mut self, place: &str) -> String {
        let (path, query) = address::path_and_query(place);
        let mut out = path.split('/').map(|part| self.part(part)).collect::<Vec<_>>().join("/");
        if let Some(query) = query {
            out.push_str(if query.len() < place.len() { "?" } else { "" });
            out.push_str(&query.split('&').map(|pair| self.pair(pair)).collect::<Vec<_>>().join("&"));
        }
        out
    }

    fn part(&mut self, part: &str) -> String {
        let is_script = [".js", ".mjs", ".cjs"].iter().any(|ending| part.ends_with(ending));
        let kept = if part.is_empty() || is_script { Some(part) } else { address::significant_part(part) };
        kept.map_or_else(|| self.labelled("part", part), str::to_owned)
    }

    /// Masks a parameter. The SDK's parameters keep their names, and their values get the same masks as elsewhere.
    fn pair(&mut self, pair: &str) -> String {
        match pair.split_once('=') {
            Some(("__upscope_unique_id", id)) => {
                format!("__upscope_unique_id={}", self.text(id, MaskContext::Field(Field::UniqueId)))
            }
            Some(("__upscope_short_id", id)) => format!("__upscope_short_id={}", self.text(id, MaskContext::ShortId)),
            _ => address::significant_pair(pair).unwrap_or_else(|| self.labelled("part", pair)),
        }
    }
}

impl MaskedText {
    /// The label in a case that no earlier text has which differs from `text` only in case, while the label has one
    /// left.
    fn in_case(&mut self, label: &str, text: &str) -> String {
        let known = self.cases.iter().position(|case| case == text);
        let case = known.unwrap_or(self.cases.len());
        if known.is_none() && case < 1 << label.len() {
            self.cases.push(text.to_owned());
        }
        let is_upper = |at: usize| case >> at & 1 == 1;
        let letters = label.char_indices();
        letters.map(|(at, letter)| if is_upper(at) { letter.to_ascii_uppercase() } else { letter }).collect()
    }
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn label_of<'a>(text: &str, otherwise: &'a str) -> &'a str {
    let is_email = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if is_email { MASKED_EMAIL } else { otherwise }
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "ws://", "wss://"].iter().any(|scheme| text.starts_with(scheme))
}

/// A number in letters: `A`, `B`, … `Z`, `BA`.
fn letters(mut number: usize) -> String {
    let mut out = vec![];
    loop {
        out.push(b'A' + (number % 26) as u8);
        number /= 26;
        if number == 0 {
            break;
        }
    }
    out.iter().rev().map(|letter| char::from(*letter)).collect()
}
