//! The form that connects the team's account. The account is tested before it is stored.

use crate::messages::{AccountForm, AccountView, ApiKeyInput};
use inspector_core::policy::Policy;
use inspector_core::upscope_api::account::{Agent, ApiKey};
use inspector_core::upscope_api::base_url::{BaseUrl, BaseUrlError, CLOUD, Deployment};
use inspector_core::upscope_api::problem::ApiProblem;

/// The model of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The connected account; `None` also until it is known.
    pub account: Option<AccountView>,
    pub form: Form,
    pub status: Status,
    /// The form was submitted, so its errors are shown.
    pub is_submitted: bool,
    /// The organization's policy.
    pub policy: Policy,
}

/// The input. It contains the key only until it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub kind: Deployment,
    pub base: String,
    pub key: String,
    /// Store the key on disk.
    pub disk: bool,
    pub agent_id: String,
    pub agent_name: String,
}

/// The result of the last action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Loading,
    Idle,
    /// The key is being tested or removed.
    Working,
    Connected,
    Removed,
    /// The person refused access to the address.
    NoAccess,
    /// The account couldn't be read.
    NotLoaded(ApiProblem),
    NotSaved(ApiProblem),
    NotRemoved(ApiProblem),
}

/// An event of the form.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The connected account, from the background.
    Loaded(Result<Option<AccountView>, ApiProblem>),
    /// The organization's policy.
    Managed(Policy),
    Choose(Deployment),
    Base(String),
    Key(String),
    Disk(bool),
    AgentName(String),
    AgentId(String),
    Save,
    /// The person refused in the browser's prompt.
    Denied,
    Saved(Result<Option<AccountView>, ApiProblem>),
    Remove,
    Removed(Result<Option<AccountView>, ApiProblem>),
}

/// An effect of the form.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Load,
    /// Request access to the pattern in this task, then send the form.
    Connect {
        pattern: String,
        form: Form,
    },
    Remove,
}

impl Form {
    /// The request that connects the account.
    pub fn to_message(&self) -> AccountForm {
        AccountForm {
            kind: self.kind,
            base: self.base.clone(),
            key: ApiKeyInput(self.key.clone()),
            disk: self.disk,
            agent: Agent::new(&self.agent_id, &self.agent_name),
        }
    }
}

impl Model {
    pub fn new() -> Self {
        let form = Form {
            kind: Deployment::Cloud,
            base: CLOUD.to_owned(),
            key: String::new(),
            disk: false,
            agent_id: String::new(),
            agent_name: String::new(),
        };
        Self { account: None, form, status: Status::Loading, is_submitted: false, policy: Policy::default() }
    }

    /// Whether the buttons are disabled.
    pub fn is_busy(&self) -> bool {
        matches!(self.status, Status::Loading | Status::Working)
    }

    /// The typed address.
    pub fn base(&self) -> Result<BaseUrl, BaseUrlError> {
        BaseUrl::parse(self.form.kind, &self.form.base)
    }

    /// Whether the stored key is for the typed address, so that no key needs to be entered.
    pub fn has_key(&self) -> bool {
        let stored = self.account.as_ref().filter(|account| account.mask.is_some());
        stored.is_some_and(|account| self.base().is_ok_and(|base| base.address() == account.base))
    }

    /// Whether there is a valid typed key or a stored key.
    pub fn is_key_good(&self) -> bool {
        let typed = self.form.key.trim();
        if typed.is_empty() { self.has_key() } else { ApiKey::parse(typed).is_some() }
    }

    fn show(&mut self, account: Option<AccountView>) {
        if let Some(account) = &account {
            let Agent { id, name } = account.agent.clone();
            self.form = Form {
                kind: account.kind,
                base: account.base.clone(),
                key: String::new(),
                disk: account.disk,
                agent_id: id,
                agent_name: name,
            };
        }
        self.account = account;
        self.lock();
    }

    /// Whether the organization has set the address, so that it can't be changed here.
    pub fn is_locked(&self) -> bool {
        self.policy.api_base.is_some()
    }

    /// Copies the organization's address into the form; an invalid one clears it.
    fn lock(&mut self) {
        if let Some(base) = &self.policy.api_base {
            self.form.kind = base.as_ref().map_or(self.form.kind, BaseUrl::kind);
            self.form.base = base.as_ref().map(BaseUrl::address).unwrap_or_default();
        }
    }
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

/// Applies one event to the model.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Loaded(answer) => settle(model, answer, Status::Idle, Status::NotLoaded),
        Event::Saved(answer) => settle(model, answer, Status::Connected, Status::NotSaved),
        Event::Removed(answer) => {
            settle(model, answer, Status::Removed, Status::NotRemoved);
            if model.status == Status::Removed {
                model.form.key.clear();
            }
        }
        Event::Managed(policy) => {
            model.policy = policy;
            model.lock();
        }
        Event::Choose(_) | Event::Base(_) if model.is_locked() => {}
        Event::Choose(kind) => choose(model, kind),
        Event::Base(base) => model.form.base = base,
        Event::Key(key) => model.form.key = key,
        Event::Disk(disk) => model.form.disk = disk,
        Event::AgentName(name) => model.form.agent_name = name,
        Event::AgentId(id) => model.form.agent_id = id,
        Event::Denied => model.status = Status::NoAccess,
        Event::Save => return save(model),
        Event::Remove if model.is_busy() => {}
        Event::Remove => {
            model.status = Status::Working;
            return vec![Effect::Remove];
        }
    }
    vec![]
}

fn settle(
    model: &mut Model,
    answer: Result<Option<AccountView>, ApiProblem>,
    good: Status,
    failed: fn(ApiProblem) -> Status,
) {
    match answer {
        Ok(account) => {
            model.show(account);
            model.is_submitted = false;
            model.status = good;
        }
        Err(problem) => model.status = failed(problem),
    }
}

/// The address for the chosen API: the connected one, or the default.
fn choose(model: &mut Model, kind: Deployment) {
    let stored = model.account.as_ref().filter(|account| account.kind == kind).map(|account| account.base.clone());
    let preset = if kind == Deployment::Cloud { CLOUD } else { "" };
    model.form.base = stored.unwrap_or_else(|| preset.to_owned());
    model.form.kind = kind;
}

fn save(model: &mut Model) -> Vec<Effect> {
    model.is_submitted = true;
    match model.base() {
        Ok(base) if model.is_key_good() && !model.is_busy() => {
            model.status = Status::Working;
            vec![Effect::Connect { pattern: base.pattern(), form: model.form.clone() }]
        }
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(mask: Option<&str>) -> AccountView {
        AccountView {
            kind: Deployment::Cloud,
            base: CLOUD.into(),
            mask: mask.map(str::to_owned),
            disk: false,
            agent: Agent::new("7", "Grace"),
        }
    }

    fn loaded(stored: Option<AccountView>) -> Model {
        let mut model = Model::new();
        update(&mut model, Event::Loaded(Ok(stored)));
        model
    }

    #[test]
    fn an_invalid_form_is_not_sent() {
        let mut model = loaded(None);
        assert_eq!(update(&mut model, Event::Save), []);
        assert!(model.is_submitted);
        update(&mut model, Event::Key("stand-in-secret".into()));
        update(&mut model, Event::Base("http://acme.com/v1.3".into()));
        assert_eq!(update(&mut model, Event::Save), []);
        update(&mut model, Event::Base(CLOUD.into()));
        let effects = update(&mut model, Event::Save);
        assert!(matches!(&effects[..], [Effect::Connect { pattern, .. }] if pattern == "https://api.upscope.io/*"));
        assert_eq!(update(&mut model, Event::Save), [], "only once");
    }

    #[test]
    fn a_stored_key_is_cleared_from_the_form() {
        let mut model = loaded(None);
        update(&mut model, Event::Key("stand-in-secret".into()));
        update(&mut model, Event::Saved(Err(ApiProblem::InvalidKey)));
        assert_eq!(
            (model.form.key.as_str(), &model.status),
            ("stand-in-secret", &Status::NotSaved(ApiProblem::InvalidKey))
        );
        update(&mut model, Event::Saved(Ok(Some(account(Some("…cret"))))));
        assert_eq!((model.form.key.as_str(), model.form.agent_name.as_str()), ("", "Grace"));
    }

    #[test]
    fn the_stored_key_is_only_for_its_address() {
        let mut model = loaded(Some(account(Some("…cret"))));
        assert!(model.is_key_good());
        update(&mut model, Event::Base("https://evil.example/v1.3".into()));
        assert!(!model.is_key_good());
        assert!(!loaded(Some(account(None))).is_key_good(), "the session of the stored key has ended");
    }

    #[test]
    fn each_api_has_a_default_address() {
        let mut model = loaded(Some(account(None)));
        update(&mut model, Event::Choose(Deployment::OnPremise));
        assert_eq!(model.form.base, "");
        update(&mut model, Event::Choose(Deployment::Cloud));
        assert_eq!(model.form.base, CLOUD);
    }

    #[test]
    fn a_removal_is_shown() {
        let mut model = loaded(Some(account(Some("…cret"))));
        assert_eq!(update(&mut model, Event::Remove), [Effect::Remove]);
        assert_eq!(update(&mut model, Event::Remove), [], "only once");
        update(&mut model, Event::Removed(Err(ApiProblem::NotStored)));
        assert_eq!((model.account.is_some(), &model.status), (true, &Status::NotRemoved(ApiProblem::NotStored)));
        update(&mut model, Event::Removed(Ok(None)));
        assert_eq!((model.account, model.status), (None, Status::Removed));
    }

    #[test]
    fn an_address_set_by_the_organization_is_fixed() {
        let set = |base: &str| Event::Managed(Policy::read(&serde_json::json!({ "apiBase": base })));
        let mut model = loaded(None);
        update(&mut model, set("https://upscope.acme.test"));
        update(&mut model, Event::Base(CLOUD.into()));
        update(&mut model, Event::Choose(Deployment::Cloud));
        update(&mut model, Event::Loaded(Ok(Some(account(Some("…cret"))))));
        assert_eq!(
            (model.form.kind, model.form.base.as_str()),
            (Deployment::OnPremise, "https://upscope.acme.test/api")
        );
        assert!(!model.has_key(), "the key of another address does not go there");
        update(&mut model, set("nonsense"));
        update(&mut model, Event::Key("stand-in-secret".into()));
        assert_eq!(update(&mut model, Event::Save), []);
        assert_eq!(model.form.base, "");
    }
}
