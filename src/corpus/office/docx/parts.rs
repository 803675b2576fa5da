//! The parts beside the text: styles, automatic lists, settings and the theme.

use super::fonts::ThemeFonts;
use super::numbering::Numbering;
use super::relations::Relations;
use super::sections::Settings;
use super::styles::Styles;
use crate::corpus::error::ErrorKind;
use crate::corpus::office::package::{Member, Package};
use crate::corpus::office::xml::Xml;

/// The parts beside the text.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The fonts of the theme.
    pub(super) theme: ThemeFonts,
    /// The styles.
    pub(super) styles: Styles,
    /// The automatic lists.
    pub(super) numbering: Numbering,
    /// The settings.
    pub(super) settings: Settings,
}

impl Parts {
    /// Reads the parts that `relations`, those of the main part, name.
    ///
    /// # Errors
    /// [`ErrorKind::Damaged`], [`ErrorKind::Encrypted`], [`ErrorKind::Excessive`].
    #[expect(clippy::redundant_closure, reason = "the function itself is of one lifetime")]
    pub(super) fn read(package: &mut Package<'_>, relations: &Relations) -> Result<Self, ErrorKind> {
        let theme = read_part(package, relations.find("theme").unwrap_or_default(), |xml| {
            ThemeFonts::read(xml)
        })?;
        Ok(Self {
            styles: read_part(package, &relations.part("styles"), |xml| Styles::read(xml, &theme))?,
            numbering: read_part(package, &relations.part("numbering"), |xml| {
                Numbering::read(xml, &theme)
            })?,
            settings: read_part(package, &relations.part("settings"), |xml| Settings::read(xml))?,
            theme,
        })
    }
}

/// Reads a part that a document may do without.
fn read_part<T: Default>(
    package: &mut Package<'_>,
    name: &str,
    read: impl FnOnce(&mut Xml<Member<'_, '_>>) -> Result<T, ErrorKind>,
) -> Result<T, ErrorKind> {
    match package.member(name)? {
        Some(member) => read(&mut Xml::of(name, member)),
        None => Ok(T::default()),
    }
}
