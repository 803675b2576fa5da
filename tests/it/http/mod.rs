//! The service: the query API and the page.

mod page;
