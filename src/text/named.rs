//! Enumerations whose values have names that people type and programs store.
//!
//! [`named!`] declares such an enumeration with the name and the help text of each value beside the
//! value, so that the command line, the query API, the page and the records all take them from one
//! place.

/// An enumeration whose values have stable names.
pub trait Named: Copy + Eq + Sized + Send + Sync + 'static {
    /// All values, in the order in which they are listed to people.
    const ALL: &'static [Self];

    /// Returns the stable name: lower case ASCII, words joined by `-`.
    fn name(self) -> &'static str;

    /// Returns one English sentence that says what the value means, with a capital and a full stop.
    fn help(self) -> &'static str;

    /// Returns the value with this name, in upper or lower case.
    #[must_use]
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.name().eq_ignore_ascii_case(name))
    }
}

/// Declares an enumeration that is [`Named`].
///
/// Each variant is followed by `=` and its name. The first doc line of a variant is its help text.
/// `ALL`, `name` and `help` are also inherent, so that they need no import and work in constants.
///
/// ```text
/// named! {
///     /// Meaning of the marks of a query word.
///     #[derive(Clone, Copy, Debug, PartialEq, Eq)]
///     pub enum Marks {
///         /// Ignore marks.
///         Any = "any",
///     }
/// }
/// ```
macro_rules! named {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident {
            $(
                #[doc = $help:literal]
                $(#[$variant_meta:meta])*
                $variant:ident = $value:literal,
            )+
        }
    ) => {
        $(#[$meta])*
        $visibility enum $name {
            $(
                #[doc = $help]
                $(#[$variant_meta])*
                $variant,
            )+
        }

        impl $name {
            /// All values, in the order in which they are listed to people.
            $visibility const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the stable name.
            #[must_use]
            $visibility const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)+
                }
            }

            /// Returns one English sentence that says what the value means.
            #[must_use]
            $visibility const fn help(self) -> &'static str {
                match self {
                    $(Self::$variant => $help.trim_ascii(),)+
                }
            }
        }

        impl $crate::text::Named for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn name(self) -> &'static str {
                self.name()
            }

            fn help(self) -> &'static str {
                self.help()
            }
        }
    };
}

pub(crate) use named;

#[cfg(test)]
mod tests {
    use super::*;

    named! {
        /// A size.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        enum Size {
            /// Small things only.
            #[default]
            Small = "small",
            /// Large things only.
            ///
            /// With a second paragraph.
            Large = "very-large",
        }
    }

    #[test]
    fn a_value_has_its_name_and_the_first_line_of_its_doc() {
        assert_eq!(Size::ALL, [Size::Small, Size::Large]);
        assert_eq!(Size::default().name(), "small");
        assert_eq!(Size::Large.help(), "Large things only.");
    }

    #[test]
    fn names_are_found_in_either_case() {
        assert_eq!(Size::from_name("Very-LARGE"), Some(Size::Large));
        assert_eq!(Size::from_name("large"), None);
        assert_eq!(Size::from_name(""), None);
    }
}
