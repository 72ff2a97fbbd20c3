//! Messages of a socket, each written down once: what a list here names is what is sent and read, what the contract
//! describes, and what the page's types are made from.

use serde::Serialize;
use serde_json::Value;

use crate::kit::{Answer, Refusal};

/// A message that a client says, with what it is acknowledged by.
pub trait Message {
    type Answer: Serialize;
}

/// The acknowledgement of a message, checked to be the one that is described.
pub fn acknowledged<M: Message>(answer: Answer<M::Answer>) -> Answer<Value> {
    serde_json::to_value(answer?).map_err(Refusal::broken)
}

// One message of a client in a description: what it says, and what the acknowledgement holds. Not a doc comment: it
// would stand over each message.
#[derive(utoipa::ToSchema)]
pub struct Exchange<Ask: utoipa::ToSchema, Answer: utoipa::ToSchema> {
    pub ask: Ask,
    pub answer: Answer,
}

// No fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What a server says: an enum of its messages, and a struct that describes them, with a field per event.
macro_rules! told {
    ($(#[$about:meta])* $described:ident, $told:ident { $($(#[$doc:meta])* $event:ident: $payload:ident,)* }) => {
        $(#[$about])*
        #[derive(utoipa::ToSchema)]
        pub struct $described {
            $($(#[$doc])* pub $event: $payload,)*
        }

        $(#[$about])*
        #[derive(Clone, Debug)]
        #[allow(clippy::large_enum_variant, reason = "one is made, written and gone; none are kept in rows")]
        pub enum $told {
            $($payload($payload),)*
        }

        impl $told {
            pub fn event(&self) -> &'static str {
                match self {
                    $($told::$payload(_) => stringify!($event),)*
                }
            }

            pub fn payload(&self) -> serde_json::Value {
                match self {
                    $($told::$payload(payload) => serde_json::json!(payload),)*
                }
            }
        }

        $(impl From<$payload> for $told {
            fn from(payload: $payload) -> $told {
                $told::$payload(payload)
            }
        })*
    };
}

/// What a client says: an enum of its messages, and a struct that describes them with their acknowledgements.
macro_rules! asked {
    ($(#[$about:meta])* $described:ident, $asked:ident { $($event:ident: $payload:ident => $answer:ident,)* }) => {
        $(#[$about])*
        #[derive(utoipa::ToSchema)]
        pub struct $described {
            $(#[schema(inline)] pub $event: $crate::plumbing::messages::Exchange<$payload, $answer>,)*
        }

        $(#[$about])*
        #[derive(Debug)]
        pub enum $asked {
            $($payload($payload),)*
        }

        impl $asked {
            /// A message by its name, its payload read strictly; `None` when there is none of that name.
            pub fn read(event: &str, payload: serde_json::Value) -> $crate::kit::Answer<Option<$asked>> {
                match event {
                    $(stringify!($event) => $crate::plumbing::http::read_payload(payload).map(|p| Some($asked::$payload(p))),)*
                    _ => Ok(None),
                }
            }
        }

        $(impl $crate::plumbing::messages::Message for $payload {
            type Answer = $answer;
        })*
    };
}

pub(crate) use {asked, told};
