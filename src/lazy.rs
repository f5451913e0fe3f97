//! Functions in lazy parts of a program. The browser loads a part at the first call of one of its functions.
//!
//! [`lazy!`] marks them. With the feature `split`, `cargo xtask build` removes each part, and what only it uses, from
//! the main program (`xtask/src/build/split.rs`). Without the feature, the functions are ordinary parts of the program.

use std::pin::Pin;

/// A part of the program couldn't be loaded. The next call tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// The return type of an asynchronous lazy function.
pub type Task<T> = Pin<Box<dyn Future<Output = T>>>;

/// Declares an asynchronous function of a lazy part. It returns `Result<_, NotLoaded>`. Its body runs once the part is
/// loaded, and doesn't await.
///
/// ```ignore
/// lazy! {
///     /// What it does.
///     #[part(timeline)]
///     pub async fn open_timeline(store: Store) -> View { views::timeline(store) }
/// }
/// ```
///
/// `#[part(timeline, preload = load_timeline)]` also declares a function that only loads the part. It can't be generic
/// or a method. One that has to wait returns a [`Task`].
macro_rules! lazy {
    (
        $(#[doc = $doc:literal])*
        #[part($part:ident $(, preload = $preload:ident)?)]
        $vis:vis async fn $name:ident($($arg:ident: $type:ty),* $(,)?) $(-> $output:ty)? $body:block
    ) => {
        $(#[doc = $doc])*
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible $(, preload($preload))?)]
        $vis fn $name($($arg: $type),*) -> Result<$crate::lazy::output!($($output)?), $crate::lazy::NotLoaded> {
            Ok($body)
        }

        $(#[doc = $doc])*
        #[cfg(not(feature = "split"))]
        $vis async fn $name($($arg: $type),*) -> Result<$crate::lazy::output!($($output)?), $crate::lazy::NotLoaded> {
            Ok($body)
        }

        $(
            #[cfg(not(feature = "split"))]
            $vis async fn $preload() -> Result<(), $crate::lazy::NotLoaded> {
                Ok(())
            }
        )?
    };
}

/// The type behind `->`, or `()`.
macro_rules! output {
    () => {
        ()
    };
    ($output:ty) => {
        $output
    };
}

pub(crate) use {lazy, output};
