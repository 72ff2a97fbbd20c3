//! Routes around mail: a forgotten password, and the outbox for admins.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::wire::*;
use super::{mails, reset};
use crate::kit::{Answer, MailId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Body, ClientAddress, Id, NoBody, Params, Problem};

/// Ask for a link to choose another password, by mail. The answer is the same whether anybody has the address or not.
#[utoipa::path(post, path = "/auth/forgot", tag = "accounts", request_body = Forgot,
    responses((status = 202), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn forgot(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    Body(input): Body<Forgot>,
) -> Answer<StatusCode> {
    reset::forgot(&parts, input, from).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Whether a link to choose another password still works. Asking does not use it up.
#[utoipa::path(post, path = "/auth/reset/check", tag = "accounts", request_body = LinkToken,
    responses((status = 204), (status = 404, body = Problem), (status = 429, body = Problem)))]
async fn check_reset(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    Body(input): Body<LinkToken>,
) -> Answer<StatusCode> {
    parts.limits.try_address(from)?;
    reset::check(&parts, &input.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Choose another password by a link from a mail. It works once; every sign-in of the account ends.
#[utoipa::path(post, path = "/auth/reset", tag = "accounts", request_body = Reset,
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn do_reset(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    Body(input): Body<Reset>,
) -> Answer<StatusCode> {
    parts.limits.try_address(from)?;
    reset::reset(&parts, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the house wrote to people, the newest first, for admins. Mails are kept for 90 days.
#[utoipa::path(get, path = "/mails", tag = "accounts", security(("bearer" = [])), params(MailsQuery),
    responses((status = 200, body = Outbox), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn outbox(State(parts): State<Parts>, caller: Caller, Params(query): Params<MailsQuery>) -> Answer<Json<Outbox>> {
    Ok(Json(mails::list(&parts, &caller, query).await?))
}

/// One mail with its text. A link that opens an account is shown only where there is nothing to send mails with.
#[utoipa::path(get, path = "/mails/{id}", tag = "accounts", security(("bearer" = [])), params(("id" = MailId, Path)),
    responses((status = 200, body = MailText), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn mail(State(parts): State<Parts>, caller: Caller, Id(id): Id<MailId>) -> Answer<Json<MailText>> {
    Ok(Json(mails::show(&parts, &caller, id).await?))
}

/// Try a mail now that was not sent, and for another day.
#[utoipa::path(post, path = "/mails/{id}/retry", tag = "accounts", security(("bearer" = [])), params(("id" = MailId, Path)),
    responses((status = 200, body = MailText), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
async fn retry(State(parts): State<Parts>, caller: Caller, Id(id): Id<MailId>, _: NoBody) -> Answer<Json<MailText>> {
    Ok(Json(mails::again(&parts, &caller, id).await?))
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(forgot))
        .routes(routes!(check_reset))
        .routes(routes!(do_reset))
        .routes(routes!(outbox))
        .routes(routes!(mail))
        .routes(routes!(retry))
}
