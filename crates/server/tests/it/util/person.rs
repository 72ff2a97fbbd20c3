//! Somebody who uses the house through HTTP, with a browser's cookie jar.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::Value;

#[derive(Clone)]
pub struct Person {
    pub base: String,
    pub client: Client,
    pub token: Option<String>,
    pub id: String,
    pub name: String,
}

pub fn new_client() -> Client {
    Client::builder().cookie_store(true).build().unwrap()
}

impl Person {
    pub fn new(base: String, client: Client) -> Person {
        Person { base, client, token: None, id: String::new(), name: String::new() }
    }

    /// The same browser, signed in by what a sign-in answered.
    pub fn signed_in(&self, answer: &Value) -> Person {
        Person {
            token: Some(answer["access_token"].as_str().expect("an access token").into()),
            id: answer["user"]["id"].as_str().unwrap().into(),
            name: answer["user"]["name"].as_str().unwrap().into(),
            ..self.clone()
        }
    }

    pub fn with_token(&self, token: &str) -> Person {
        Person { token: Some(token.into()), ..self.clone() }
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = if path.starts_with("/api/") || path.starts_with("/healthz") || path.starts_with("/readyz") {
            format!("{}{path}", self.base)
        } else {
            format!("{}/api/v1{path}", self.base)
        };
        let request = self.client.request(method, url);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let request = self.request(method.clone(), path);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        Reply::read(format!("{method} {path}"), request.send().await.expect("the house answers")).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }
    /// A POST without a body.
    pub async fn ask(&self, path: &str) -> Reply {
        self.send(Method::POST, path, None).await
    }
    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }
    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }
}

/// What the house answered.
#[derive(Debug)]
pub struct Reply {
    pub what: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub async fn read(what: String, response: reqwest::Response) -> Reply {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Reply { what, status, headers, text: response.text().await.unwrap_or_default() }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.what, self.text);
        self.json()
    }

    /// A refusal with this status and type. It must be a whole problem document; its body is returned.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.what, self.text);
        let kind = self.headers.get("content-type").map(|v| v.to_str().unwrap().to_string());
        assert_eq!(kind.as_deref(), Some("application/problem+json"), "{}: {}", self.what, self.text);
        let problem = self.json();
        assert_eq!(problem["type"], code, "{}: {}", self.what, self.text);
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().is_some_and(|d| d.ends_with('.')), "a sentence: {problem}");
        assert!(
            problem["title"].is_string() && problem["params"].is_object() && problem["errors"].is_array(),
            "{problem}"
        );
        problem
    }

    /// Refused because of this field.
    #[track_caller]
    pub fn refused_field(self, field: &str, code: &str) -> Value {
        let what = self.what.clone();
        let problem = self.refused(422, "invalid-fields");
        let errors = problem["errors"].as_array().unwrap();
        assert!(
            errors.iter().any(|e| e["field"] == field && e["type"] == code),
            "{what}: {field} {code} not in {problem}"
        );
        problem
    }
}
