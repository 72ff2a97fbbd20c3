//! First-run set-up: a one-time link, printed on an empty database, makes the organisation and its first admin.

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, sea_query::OnConflict};

use super::model::{Role, Scope, organisation};
use super::password::Passwords;
use super::wire::SetUp;
use super::{sign_in, store};
use crate::kit::checks::Checks;
use crate::kit::{Answer, Refusal};
use crate::plumbing::Parts;
use crate::plumbing::keys;

/// Makes a fresh set-up link while nobody is there; an earlier one is void then.
pub async fn open(parts: &Parts) -> Answer<Option<String>> {
    let token = keys::random_token();
    let hash = keys::sha256(token.as_bytes()).to_vec();
    let hash = &hash;
    let opened = parts
        .db
        .write(|tx| {
            async move {
                if store::count_all(tx.conn()).await? > 0 {
                    return Ok(false);
                }
                write(tx.conn(), super::organisation::UNNAMED, Some(hash.clone()), None).await?;
                Ok(true)
            }
            .boxed()
        })
        .await?;
    Ok(opened.then(|| format!("{}/set-up#{token}", parts.site.public_url)))
}

pub async fn write(
    conn: &impl ConnectionTrait,
    name: &str,
    set_up_hash: Option<Vec<u8>>,
    set_up_at: Option<crate::kit::At>,
) -> Answer<()> {
    use organisation::{ActiveModel, Column, Entity};
    let row =
        ActiveModel { id: Set(1), name: Set(name.into()), set_up_hash: Set(set_up_hash), set_up_at: Set(set_up_at) };
    let columns = [Column::Name, Column::SetUpHash, Column::SetUpAt];
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Id).update_columns(columns).to_owned())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Whether a set-up link still works.
pub async fn check(parts: &Parts, token: &str) -> Answer<()> {
    is_open(parts.db.read(), token).await
}

async fn is_open(conn: &impl ConnectionTrait, token: &str) -> Answer<()> {
    let hash = keys::sha256(token.as_bytes());
    let row = organisation::Entity::find_by_id(1).one(conn).await?;
    let good = row.is_some_and(|o| o.set_up_hash.is_some_and(|kept| kept == hash));
    if good { Ok(()) } else { Err(used()) }
}

fn used() -> Refusal {
    let text = "This set-up link was used already, or a newer one was made. Start the server again to see a fresh one.";
    Refusal::new(404, "set-up-link-used", "Link used", text)
}

pub async fn set_up(parts: &Parts, input: SetUp) -> Answer<sign_in::Done> {
    check(parts, &input.token).await?;
    let mut checks = Checks::new();
    let house = checks.text("organisation", &input.organisation, 1, 120);
    let name = checks.text("name", &input.name, 1, 120);
    let email = checks.email("email", &input.email);
    checks.password("password", &input.password);
    let zone = input.time_zone.as_deref().unwrap_or(super::organisation::DEFAULT_ZONE);
    checks.zone("time_zone", zone);
    checks.finish()?;
    let hash = parts.memory.of::<Passwords>().hash(&input.password).await?;
    let admin = || store::NewUser {
        name: &name,
        email: Some(&email),
        password_hash: Some(&hash),
        role: Role::Admin,
        time_zone: zone,
        guest: false,
    };
    let (token, house) = (&input.token, &house);
    parts
        .db
        .write(|tx| {
            async move {
                is_open(tx.conn(), token).await?;
                write(tx.conn(), house, None, Some(parts.clock.now())).await?;
                let user = store::insert(parts, tx, admin()).await?;
                sign_in::begin(parts, tx, user, Scope::Account).await
            }
            .boxed()
        })
        .await
}
