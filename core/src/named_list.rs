//! Lists of things with different names, as a person orders them. Each change names its items, so that it has the same
//! effect on a list that another page has changed.

/// An item of a list.
pub trait Named: Clone {
    /// Maximum length of a name, in characters.
    const MAX_NAME: usize;

    fn name(&self) -> &str;

    /// Returns the item with another name, cut to the limit.
    fn named(&self, name: &str) -> Self;
}

/// A change of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum ListChange<T> {
    /// Appends an item.
    Add(T),
    /// Replaces the item named `of`, or appends if it no longer exists.
    Replace {
        of: String,
        with: T,
    },
    Remove(String),
    /// Restores a removed item at its index.
    PutBack {
        at: usize,
        item: T,
    },
    /// Swaps an item with the previous or next one.
    Move {
        name: String,
        up: bool,
    },
    /// Appends several items. Duplicate names get a number.
    Import(Vec<T>),
}

/// Why a change failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListChangeError {
    /// The name exists.
    NameTaken(String),
    /// The limit of number or size is exceeded.
    Full,
}

/// Returns the list after a change. `fits`: whether a list is within the limits of number and size.
pub fn changed<T: Named>(
    mut items: Vec<T>,
    change: ListChange<T>,
    fits: impl FnOnce(&[T]) -> bool,
) -> Result<Vec<T>, ListChangeError> {
    let at = |items: &[T], name: &str| items.iter().position(|item| item.name() == name);
    let free = |items: &[T], item: &T, except: Option<usize>| match at(items, item.name()) {
        Some(place) if Some(place) != except => Err(ListChangeError::NameTaken(item.name().to_owned())),
        _ => Ok(()),
    };
    match change {
        ListChange::Add(item) => {
            free(&items, &item, None)?;
            items.push(item);
        }
        ListChange::Replace { of, with } => {
            let place = at(&items, &of);
            free(&items, &with, place)?;
            match place {
                Some(place) => items[place] = with,
                None => items.push(with),
            }
        }
        ListChange::Remove(name) => items.retain(|item| item.name() != name),
        ListChange::PutBack { at, item } => {
            let item = item.named(&free_name(&items, item.name()));
            items.insert(at.min(items.len()), item);
        }
        ListChange::Move { name, up } => {
            let place = at(&items, &name);
            let with = place.and_then(|place| if up { place.checked_sub(1) } else { Some(place + 1) });
            if let (Some(place), Some(with)) = (place, with.filter(|with| *with < items.len())) {
                items.swap(place, with);
            }
        }
        ListChange::Import(more) => {
            for item in more {
                let name = free_name(&items, item.name());
                items.push(item.named(&name));
            }
        }
    }
    if fits(&items) { Ok(items) } else { Err(ListChangeError::Full) }
}

/// The name, with a number if it is taken.
pub fn free_name<T: Named>(items: &[T], name: &str) -> String {
    let is_free = |name: &String| items.iter().all(|item| item.name() != name);
    let numbered = (2..).map(|number| {
        let number = format!(" {number}");
        let kept: String = name.chars().take(T::MAX_NAME - number.len()).collect();
        kept.trim_end().to_owned() + &number
    });
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
