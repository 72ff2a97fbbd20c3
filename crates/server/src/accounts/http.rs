//! Routes of the accounts room.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::refresh::{self, Shown};
use super::wire::*;
use super::{join_link, people, profile, set_up, sign_in};
use crate::kit::paging::Page;
use crate::kit::{Answer, Refusal, UserId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Body, ClientAddress, Id, NoBody, Params, Problem};

type In = (CookieJar, Json<SignedIn>);

fn with_cookie(parts: &Parts, jar: CookieJar, (answer, secret): sign_in::Done) -> In {
    (jar.add(refresh::cookie(parts, &secret)), Json(answer))
}

/// Make an account.
#[utoipa::path(post, path = "/auth/register", tag = "accounts", request_body = Register,
    responses((status = 201, body = SignedIn), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn register(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    jar: CookieJar,
    Body(input): Body<Register>,
) -> Answer<(StatusCode, In)> {
    let done = sign_in::register(&parts, input, from).await?;
    Ok((StatusCode::CREATED, with_cookie(&parts, jar, done)))
}

/// Sign in with an address and a password.
#[utoipa::path(post, path = "/auth/login", tag = "accounts", request_body = Login,
    responses((status = 200, body = SignedIn), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn login(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    jar: CookieJar,
    Body(input): Body<Login>,
) -> Answer<In> {
    let done = sign_in::login(&parts, input, from).await?;
    Ok(with_cookie(&parts, jar, done))
}

/// Trade the refresh cookie for a new access token and a new cookie.
#[utoipa::path(post, path = "/auth/refresh", tag = "accounts",
    responses((status = 200, body = SignedIn), (status = 401, body = Problem)))]
async fn refresh_token(State(parts): State<Parts>, jar: CookieJar, _: NoBody) -> Result<In, (CookieJar, Refusal)> {
    let Some(secret) = jar.get(refresh::COOKIE).map(|c| c.value().to_string()) else {
        return Err((jar, Refusal::sign_in_first()));
    };
    match refresh::rotate(&parts, &secret).await {
        Ok(Shown::Good { user, scope, family, next }) => {
            Ok(with_cookie(&parts, jar, (sign_in::signed_in(&parts, user, scope, family), next)))
        }
        Ok(Shown::Refused(refusal)) => Err((jar.add(refresh::no_cookie(&parts)), refusal)),
        Err(refusal) => Err((jar, refusal)),
    }
}

/// Sign this device out.
#[utoipa::path(post, path = "/auth/logout", tag = "accounts", responses((status = 204)))]
async fn logout(State(parts): State<Parts>, jar: CookieJar, _: NoBody) -> Answer<(StatusCode, CookieJar)> {
    if let Some(cookie) = jar.get(refresh::COOKIE) {
        refresh::end(&parts, cookie.value()).await?;
    }
    Ok((StatusCode::NO_CONTENT, jar.add(refresh::no_cookie(&parts))))
}

/// Sign every device of this person out.
#[utoipa::path(post, path = "/auth/logout_everywhere", tag = "accounts", security(("bearer" = [])), responses((status = 204)))]
async fn logout_everywhere(
    State(parts): State<Parts>,
    caller: Caller,
    jar: CookieJar,
    _: NoBody,
) -> Answer<(StatusCode, CookieJar)> {
    profile::sign_out_everywhere(&parts, &caller).await?;
    Ok((StatusCode::NO_CONTENT, jar.add(refresh::no_cookie(&parts))))
}

/// Sign in by a personal join link.
#[utoipa::path(post, path = "/auth/link", tag = "accounts", request_body = LinkToken,
    responses((status = 200, body = SignedIn), (status = 401, body = Problem)))]
async fn link(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    jar: CookieJar,
    Body(input): Body<LinkToken>,
) -> Answer<In> {
    let done = join_link::sign_in(&parts, input, from).await?;
    Ok(with_cookie(&parts, jar, done))
}

/// Whether a set-up link still works.
#[utoipa::path(post, path = "/setup/check", tag = "accounts", request_body = LinkToken,
    responses((status = 204), (status = 404, body = Problem)))]
async fn check_set_up(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    Body(input): Body<LinkToken>,
) -> Answer<StatusCode> {
    parts.limits.try_address(from)?;
    set_up::check(&parts, &input.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Set the organisation up, once, by the link that the server printed.
#[utoipa::path(post, path = "/setup", tag = "accounts", request_body = SetUp,
    responses((status = 201, body = SignedIn), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn do_set_up(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    jar: CookieJar,
    Body(input): Body<SetUp>,
) -> Answer<(StatusCode, In)> {
    parts.limits.try_address(from)?;
    let done = set_up::set_up(&parts, input).await?;
    Ok((StatusCode::CREATED, with_cookie(&parts, jar, done)))
}

/// Who is signed in.
#[utoipa::path(get, path = "/me", tag = "accounts", security(("bearer" = [])), responses((status = 200, body = Me)))]
async fn me(State(parts): State<Parts>, caller: Caller) -> Answer<Json<Me>> {
    Ok(Json(profile::me(&parts, &caller).await?))
}

/// Change what is mine to change.
#[utoipa::path(patch, path = "/me", tag = "accounts", security(("bearer" = [])), request_body = MePatch,
    responses((status = 200, body = Me), (status = 422, body = Problem)))]
async fn change_me(State(parts): State<Parts>, caller: Caller, Body(patch): Body<MePatch>) -> Answer<Json<Me>> {
    Ok(Json(profile::change(&parts, &caller, patch).await?))
}

/// Everybody, for admins.
#[utoipa::path(get, path = "/users", tag = "accounts", security(("bearer" = [])), params(UsersQuery),
    responses((status = 200, body = Page<User>), (status = 403, body = Problem)))]
async fn users(
    State(parts): State<Parts>,
    caller: Caller,
    Params(query): Params<UsersQuery>,
) -> Answer<Json<Page<User>>> {
    Ok(Json(people::list(&parts, &caller, query).await?))
}

/// Add a person.
#[utoipa::path(post, path = "/users", tag = "accounts", security(("bearer" = [])), request_body = NewUser,
    responses((status = 201, body = User), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn add_user(
    State(parts): State<Parts>,
    caller: Caller,
    Body(input): Body<NewUser>,
) -> Answer<(StatusCode, Json<User>)> {
    Ok((StatusCode::CREATED, Json(people::add(&parts, &caller, input).await?)))
}

/// One person.
#[utoipa::path(get, path = "/users/{id}", tag = "accounts", security(("bearer" = [])), params(("id" = UserId, Path)),
    responses((status = 200, body = User), (status = 404, body = Problem)))]
async fn user(State(parts): State<Parts>, caller: Caller, Id(id): Id<UserId>) -> Answer<Json<User>> {
    Ok(Json(people::show(&parts, &caller, id).await?))
}

/// Change a person's role, or switch the account off or on.
#[utoipa::path(patch, path = "/users/{id}", tag = "accounts", security(("bearer" = [])), params(("id" = UserId, Path)),
    request_body = UserPatch, responses((status = 200, body = User), (status = 409, body = Problem)))]
async fn change_user(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<UserId>,
    Body(patch): Body<UserPatch>,
) -> Answer<Json<User>> {
    Ok(Json(people::change(&parts, &caller, id, patch).await?))
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(login))
        .routes(routes!(refresh_token))
        .routes(routes!(logout))
        .routes(routes!(logout_everywhere))
        .routes(routes!(link))
        .routes(routes!(check_set_up))
        .routes(routes!(do_set_up))
        .routes(routes!(me, change_me))
        .routes(routes!(users, add_user))
        .routes(routes!(user, change_user))
}
