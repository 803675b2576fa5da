//! The parts of a document and how they are found: each part lists those that it needs, by type.
//!
//! Source: ECMA-376 part 2, 6.5 (relationships); part 1, 11.3 (the parts of a Word document).

use crate::corpus::error::ErrorKind;
use crate::corpus::office::package::Package;
use crate::corpus::office::xml::{Xml, XmlEvent};

/// The most relations of a part that are read. A document with a thousand links has as many.
const MAX_RELATIONS: usize = 50_000;

/// The parts that a part needs.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// The folder of the part, without a slash at the end.
    folder: String,
    /// The last word of the type of each relation, and the name of its part.
    parts: Vec<(String, String)>,
}

impl Relations {
    /// Reads the relations of the part `part` of a package; those of the package itself for an empty name.
    ///
    /// # Errors
    /// Those of [`Package::member`] and [`Xml::next`].
    pub(super) fn of(package: &mut Package<'_>, part: &str) -> Result<Self, ErrorKind> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut relations = Self {
            folder: folder.to_owned(),
            parts: Vec::new(),
        };
        let list = relations.absolute(&format!("_rels/{file}.rels"));
        let Some(member) = package.member(&list)? else {
            return Ok(relations);
        };
        let mut xml = Xml::of(&list, member);
        let mut depth = 0_usize;
        loop {
            match xml.next()? {
                Some(XmlEvent::Open(tag)) => {
                    depth += 1;
                    let kind = tag.attribute("Type").unwrap_or_default();
                    let is_part =
                        tag.name() == "Relationship" && tag.attribute("TargetMode").as_deref() != Some("External");
                    if let Some(target) = tag.attribute("Target").filter(|_| is_part)
                        && relations.parts.len() < MAX_RELATIONS
                    {
                        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                        let target = relations.absolute(&target);
                        relations.parts.push((kind, target));
                    }
                }
                Some(XmlEvent::Text(_)) => {}
                None if depth == 0 => return Ok(relations),
                None => depth -= 1,
            }
        }
    }

    /// Returns the part of the type that ends with the word `kind`.
    pub(super) fn find(&self, kind: &str) -> Option<&str> {
        let found = self.parts.iter().find(|(of, _)| of == kind);
        found.map(|(_, part)| part.as_str())
    }

    /// Returns the part of this type; if the list has none, the one with the usual name in the same folder.
    pub(super) fn part(&self, kind: &str) -> String {
        self.find(kind)
            .map_or_else(|| self.absolute(&format!("{kind}.xml")), str::to_owned)
    }

    /// Returns the name in the package of a part that the part names by `target`.
    fn absolute(&self, target: &str) -> String {
        let whole = if target.starts_with('/') {
            target.to_owned()
        } else {
            format!("{}/{target}", self.folder)
        };
        let mut steps: Vec<&str> = Vec::new();
        for step in whole.split('/') {
            match step {
                "" | "." => {}
                ".." => {
                    steps.pop();
                }
                step => steps.push(step),
            }
        }
        steps.join("/")
    }
}
