//! Searches: converts between the form's fields and the documented search text.

use crate::visitor::lookup_code::LookupCode;

/// A criterion of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// Four digits.
    LookupCode(String),
    /// `id:<uniqueId>`
    UniqueId(String),
    /// An email address, in the unique ID or the identities.
    Email(String),
    /// `#TAG`
    Tag(String),
    /// `integration_id:<name>:<id>`
    IntegrationId { system: String, id: String },
    /// `ip:1.1.1.1`
    Ip(String),
    /// Free text, for a fuzzy search.
    Text(String),
}

/// Restricts a search to visitors who are online or offline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    #[default]
    Any,
    /// `online`
    Online,
    /// `-online`
    Offline,
}

/// A search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub tokens: Vec<Token>,
    pub presence: Presence,
}

/// What is searched for: the kinds of tokens, in the order of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchKind {
    #[default]
    LookupCode,
    UniqueId,
    Email,
    Tag,
    IntegrationId,
    Ip,
    Text,
}

impl SearchKind {
    pub const ALL: [Self; 7] =
        [Self::LookupCode, Self::UniqueId, Self::Email, Self::Tag, Self::IntegrationId, Self::Ip, Self::Text];

    /// A stable name, for attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::LookupCode => "lookup-code",
            Self::UniqueId => "unique-id",
            Self::Email => "email",
            Self::Tag => "tag",
            Self::IntegrationId => "integration-id",
            Self::Ip => "ip",
            Self::Text => "text",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The token for typed text; `None` if it doesn't fit the kind. An integration ID is typed in the SDK's form,
    /// `zendesk:8831`. White space ends a token, so only free text may contain it.
    pub fn token(self, typed: &str) -> Option<Token> {
        let typed = typed.trim();
        let whole = !typed.is_empty() && !typed.contains(char::is_whitespace);
        match self {
            Self::LookupCode => LookupCode::parse(typed).map(|code| Token::LookupCode(code.as_str().to_owned())),
            Self::Text => (!typed.is_empty()).then(|| Token::Text(typed.to_owned())),
            _ if !whole => None,
            Self::UniqueId => Some(Token::UniqueId(typed.to_owned())),
            Self::Email => typed.contains('@').then(|| Token::Email(typed.to_owned())),
            Self::Tag => {
                let name = typed.trim_start_matches('#');
                (!name.is_empty()).then(|| Token::Tag(format!("#{name}")))
            }
            Self::IntegrationId => {
                let (system, id) = typed.split_once(':').filter(|(system, id)| !system.is_empty() && !id.is_empty())?;
                Some(Token::IntegrationId { system: system.to_owned(), id: id.to_owned() })
            }
            Self::Ip => {
                let plain = |byte: u8| byte.is_ascii_hexdigit() || byte == b'.' || byte == b':';
                typed.bytes().all(plain).then(|| Token::Ip(typed.to_owned()))
            }
        }
    }
}

impl Token {
    pub fn kind(&self) -> SearchKind {
        match self {
            Self::LookupCode(_) => SearchKind::LookupCode,
            Self::UniqueId(_) => SearchKind::UniqueId,
            Self::Email(_) => SearchKind::Email,
            Self::Tag(_) => SearchKind::Tag,
            Self::IntegrationId { .. } => SearchKind::IntegrationId,
            Self::Ip(_) => SearchKind::Ip,
            Self::Text(_) => SearchKind::Text,
        }
    }

    /// The text in the form. [`SearchKind::token`] reads it back.
    pub fn typed(&self) -> String {
        match self {
            Self::IntegrationId { system, id } => format!("{system}:{id}"),
            Self::LookupCode(text)
            | Self::UniqueId(text)
            | Self::Email(text)
            | Self::Tag(text)
            | Self::Ip(text)
            | Self::Text(text) => text.clone(),
        }
    }

    /// The text in the search.
    pub fn text(&self) -> String {
        match self {
            Self::UniqueId(id) => format!("id:{id}"),
            Self::IntegrationId { system, id } => format!("integration_id:{system}:{id}"),
            Self::Ip(ip) => format!("ip:{ip}"),
            plain => plain.typed(),
        }
    }

    fn read(word: &str) -> Self {
        let prefixed =
            [("id:", SearchKind::UniqueId), ("integration_id:", SearchKind::IntegrationId), ("ip:", SearchKind::Ip)];
        let by_prefix = prefixed.iter().find_map(|(prefix, kind)| kind.token(word.strip_prefix(prefix)?));
        let plain = [SearchKind::LookupCode, SearchKind::Email].into_iter().find_map(|kind| kind.token(word));
        let tag = word.strip_prefix('#').and_then(|name| SearchKind::Tag.token(name));
        by_prefix.or(tag).or(plain).unwrap_or_else(|| Self::Text(word.to_owned()))
    }
}

impl Query {
    /// The search text.
    pub fn text(&self) -> String {
        let presence = match self.presence {
            Presence::Any => None,
            Presence::Online => Some("online".to_owned()),
            Presence::Offline => Some("-online".to_owned()),
        };
        self.tokens.iter().map(Token::text).chain(presence).collect::<Vec<_>>().join(" ")
    }

    /// Reads a search text. Words that aren't tokens are one free text.
    pub fn read(text: &str) -> Self {
        let mut query = Self::default();
        for word in text.split_whitespace() {
            match (word, Token::read(word)) {
                ("online", _) => query.presence = Presence::Online,
                ("-online", _) => query.presence = Presence::Offline,
                (_, Token::Text(word)) => query.push_text(&word),
                (_, token) => query.tokens.push(token),
            }
        }
        query
    }

    fn push_text(&mut self, word: &str) {
        let text = self.tokens.iter_mut().find_map(|token| match token {
            Token::Text(text) => Some(text),
            _ => None,
        });
        match text {
            Some(text) => *text = format!("{text} {word}"),
            None => self.tokens.push(Token::Text(word.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(kind: SearchKind, typed: &str) -> Option<String> {
        kind.token(typed).map(|token| token.text())
    }

    #[test]
    fn each_kind_has_its_documented_token() {
        for (kind, typed, text) in [
            (SearchKind::LookupCode, " 4821 ", "4821"),
            (SearchKind::UniqueId, "00032", "id:00032"),
            (SearchKind::Email, "ada@acme.com", "ada@acme.com"),
            (SearchKind::Tag, "VIP", "#VIP"),
            (SearchKind::Tag, "#VIP", "#VIP"),
            (SearchKind::IntegrationId, "zendesk:8831", "integration_id:zendesk:8831"),
            (SearchKind::Ip, "1.1.1.1", "ip:1.1.1.1"),
            (SearchKind::Text, "John Smith", "John Smith"),
        ] {
            assert_eq!(token(kind, typed).as_deref(), Some(text));
        }
    }

    #[test]
    fn invalid_text_has_no_token() {
        for (kind, typed) in [
            (SearchKind::LookupCode, "48215"),
            (SearchKind::UniqueId, "a b"),
            (SearchKind::Email, "ada"),
            (SearchKind::Tag, "#"),
            (SearchKind::IntegrationId, "zendesk"),
            (SearchKind::IntegrationId, "zendesk:"),
            (SearchKind::Ip, "somewhere"),
            (SearchKind::Text, " "),
        ] {
            assert_eq!(token(kind, typed), None, "{typed}");
        }
    }

    #[test]
    fn a_typed_search_fills_the_form() {
        let query = Query::read("  online John id:7 #VIP Smith 4821 integration_id:zendesk:8:1 ip:::1 a@b id: ");
        assert_eq!(query.presence, Presence::Online);
        let kinds: Vec<_> = query.tokens.iter().map(|token| (token.kind(), token.typed())).collect();
        let expected = [
            (SearchKind::Text, "John Smith id:"),
            (SearchKind::UniqueId, "7"),
            (SearchKind::Tag, "#VIP"),
            (SearchKind::LookupCode, "4821"),
            (SearchKind::IntegrationId, "zendesk:8:1"),
            (SearchKind::Ip, "::1"),
            (SearchKind::Email, "a@b"),
        ];
        assert_eq!(kinds, expected.map(|(kind, typed)| (kind, typed.to_owned())));
        assert_eq!(Query::read("-online").presence, Presence::Offline);
        assert_eq!(Query::default().text(), "");
    }
}
