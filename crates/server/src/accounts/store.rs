//! Queries on people, their tokens and links.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect};

use super::model::{self, Role, join_link, refresh_token};
use crate::kit::{Answer, At, Refusal, UserId};
use crate::plumbing::Parts;
use crate::plumbing::db::{Tx, violates};

pub async fn find(conn: &impl ConnectionTrait, id: UserId) -> Answer<Option<model::Model>> {
    Ok(model::Entity::find_by_id(id).one(conn).await?)
}

pub async fn find_all(conn: &impl ConnectionTrait, ids: Vec<UserId>) -> Answer<Vec<model::Model>> {
    Ok(model::Entity::find().filter(model::Column::Id.is_in(ids)).all(conn).await?)
}

pub async fn need(conn: &impl ConnectionTrait, id: UserId) -> Answer<model::Model> {
    find(conn, id).await?.filter(|u| u.erased_at.is_none()).ok_or_else(|| Refusal::not_found("person"))
}

pub async fn find_by_email(conn: &impl ConnectionTrait, email: &str) -> Answer<Option<model::Model>> {
    Ok(model::Entity::find().filter(model::Column::Email.eq(email)).one(conn).await?)
}

/// Names by id, for lists of other rooms.
pub async fn names(conn: &impl ConnectionTrait, ids: Vec<UserId>) -> Answer<std::collections::HashMap<UserId, String>> {
    if ids.is_empty() {
        return Ok(Default::default());
    }
    let rows: Vec<(UserId, String)> = model::Entity::find()
        .select_only()
        .column(model::Column::Id)
        .column(model::Column::Name)
        .filter(model::Column::Id.is_in(ids))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// A new person. `email` is in lower case already.
pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: Option<&'a str>,
    pub password_hash: Option<&'a str>,
    pub role: Role,
    pub time_zone: &'a str,
    /// Without an account: one session long.
    pub guest: bool,
}

pub async fn insert(parts: &Parts, tx: &Tx<'_>, new: NewUser<'_>) -> Answer<model::Model> {
    let now = parts.clock.now();
    let row = model::Model {
        id: UserId::new(),
        name: new.name.into(),
        email: new.email.map(Into::into),
        password_hash: new.password_hash.map(Into::into),
        role: new.role,
        pronouns: None,
        locale: None,
        time_zone: new.time_zone.into(),
        active: true,
        guest: new.guest,
        epoch: 0,
        search_text: search_text(new.name, new.email),
        erased_at: None,
        created_at: now,
        updated_at: now,
    };
    let active: model::ActiveModel = row.clone().into();
    match model::Entity::insert(active.reset_all()).exec_without_returning(tx.conn()).await {
        Ok(_) => Ok(row),
        Err(error) if violates(&error, "email") => Err(email_taken()),
        Err(error) => Err(error.into()),
    }
}

pub fn email_taken() -> Refusal {
    let text = "There is an account with this email address already. Sign in with it, or use another address.";
    let mut refusal = Refusal::conflict("email-taken", text);
    refusal.errors.push(crate::kit::refusal::FieldError {
        field: "email".into(),
        code: "email-taken",
        message: text.into(),
    });
    refusal
}

pub fn search_text(name: &str, email: Option<&str>) -> String {
    crate::kit::text::fold(&format!("{name} {}", email.unwrap_or_default()))
}

/// Writes a changed account and lets every kept copy go after the commit.
pub async fn update(parts: &Parts, tx: &Tx<'_>, mut row: model::ActiveModel) -> Answer<model::Model> {
    row.updated_at = Set(parts.clock.now());
    let user = model::Entity::update(row).exec(tx.conn()).await?;
    let (accounts, id) = (parts.memory.of::<super::caller::Accounts>().clone(), user.id);
    tx.after_commit(move || accounts.forget(id));
    Ok(user)
}

/// People in the order of their ids, newest last, whose folded name or address has every word of `words`.
pub async fn search(
    conn: &impl ConnectionTrait,
    words: &str,
    after: Option<UserId>,
    limit: u64,
) -> Answer<Vec<model::Model>> {
    let mut query =
        model::Entity::find().filter(model::Column::ErasedAt.is_null()).filter(model::Column::Guest.eq(false));
    for word in crate::kit::text::fold(words).split_whitespace() {
        query = query.filter(model::Column::SearchText.contains(word));
    }
    if let Some(after) = after {
        query = query.filter(model::Column::Id.gt(after));
    }
    Ok(query.order_by_asc(model::Column::Id).limit(limit + 1).all(conn).await?)
}

pub async fn count_all(conn: &impl ConnectionTrait) -> Answer<u64> {
    Ok(model::Entity::find().count(conn).await?)
}

/// Ends all refresh tokens of a person.
pub async fn end_tokens(tx: &Tx<'_>, user: UserId, now: At) -> Answer<()> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::EndedAt, Expr::value(now))
        .filter(refresh_token::Column::UserId.eq(user))
        .filter(refresh_token::Column::EndedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

pub async fn who_has_links(conn: &impl ConnectionTrait, ids: Vec<UserId>) -> Answer<Vec<UserId>> {
    let rows = join_link::Entity::find().filter(join_link::Column::UserId.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|l| l.user_id).collect())
}

/// Ends the refresh tokens that came by a join link.
pub async fn end_link_tokens(tx: &Tx<'_>, user: UserId, now: At) -> Answer<()> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::EndedAt, Expr::value(now))
        .filter(refresh_token::Column::UserId.eq(user))
        .filter(refresh_token::Column::Scope.eq(super::Scope::Link))
        .filter(refresh_token::Column::EndedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}
