//! Lists by keyset: `?limit=` and `&after=<cursor>`, answered as `{"items": […], "next": cursor | null}`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::refusal::{Answer, Refusal};

/// What a list is asked for.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many, 1 to 100; 20 when not said.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// One page of a list.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Pass it as `after` for the next page; null on the last.
    pub next: Option<String>,
}

impl PageQuery {
    pub fn limit(&self) -> Answer<u64> {
        match self.limit {
            None => Ok(20),
            Some(n @ 1..=100) => Ok(n.into()),
            Some(_) => Err(Refusal::field("limit", "out-of-range", "Choose a limit from 1 to 100.")),
        }
    }

    /// The key after which the page starts.
    pub fn key<K: DeserializeOwned>(&self) -> Answer<Option<K>> {
        let Some(text) = &self.after else { return Ok(None) };
        let wrong = || Refusal::field("after", "bad-cursor", "Use the “next” of the page before as “after”.");
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong())?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| wrong())
    }
}

impl<T> Page<T> {
    /// Makes a page of up to `limit` from rows that were asked for with one more than that.
    pub fn cut<K: Serialize>(mut items: Vec<T>, limit: u64, key: impl Fn(&T) -> K) -> Page<T> {
        let more = items.len() as u64 > limit;
        items.truncate(limit as usize);
        let next = more.then(|| items.last().map(|item| cursor(&key(item)))).flatten();
        Page { items, next }
    }

    pub fn all(items: Vec<T>) -> Page<T> {
        Page { items, next: None }
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

pub fn cursor(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}
