// The card to enroll: price, places, and one button that says what happens.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, Clock, Undo2 } from "lucide-react";
import { useState } from "react";

import { Banner } from "../../components/ui/banner";
import { Button, button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Failed } from "../../components/ui/loaded";
import type { Enrollment, Program } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { api } from "../../lib/api";
import { money, PlacesLeft } from "./program-words";

type Enrolling = ReturnType<typeof useEnrolling>;

/** One press of Enroll, whether it is made on the card or, on a phone, on the bar. */
export function useEnrolling(program: Program) {
  const settled = useSettled();
  return useMutation({
    mutationFn: () => api<Enrollment>("POST", `/programs/${program.id}/enrollments`, { body: {} }),
    // Also after a refusal: somebody may have been quicker, and the page should say so.
    onSettled: settled,
  });
}

interface Props {
  program: Program;
  enrolling: Enrolling;
}

/** Whether there is something to press for who has no place yet. */
function canAsk({ my, status }: Program): boolean {
  const held = my?.enrollment && my.enrollment.status !== "cancelled";
  return status === "published" && !my?.part && !held;
}

/** On a phone the price and the way in stay at the thumb, wherever one reads. */
export function EnrollBar({ program, enrolling }: Props) {
  const { t } = useLingui();
  if (!canAsk(program)) return null;
  return (
    <section className="enroll-bar" aria-label={t`Enroll`}>
      <p>
        <strong>
          <Price program={program} />
        </strong>
        <PlacesLeft program={program} />
      </p>
      <Go program={program} enrolling={enrolling} />
      {enrolling.error && <Failed error={enrolling.error} />}
    </section>
  );
}

function Price({ program }: { program: Program }) {
  return program.price_cents > 0 ? money(program.price_cents, program.currency) : <Trans>Free</Trans>;
}

export function EnrollCard({ program, enrolling }: Props) {
  const { t } = useLingui();
  const { capacity, enrolled } = program;
  const status = program.my?.enrollment?.status;
  const holds =
    status === "active" || status === "pending" || status === "waitlisted" || status === "completed";
  return (
    <aside className="enroll card" aria-label={t`Enroll`}>
      {!holds && (
        <p className="price">
          <Price program={program} />
        </p>
      )}
      {capacity !== null && !holds && (
        <div className="grid gap-2">
          <p className="flex flex-wrap justify-between gap-2">
            <strong className="font-semibold">
              <PlacesLeft program={program} />
            </strong>
            <span className="muted text-sm">
              <Trans>
                {enrolled} of {capacity} taken
              </Trans>
            </span>
          </p>
          {capacity <= 32 && <Places taken={enrolled} capacity={capacity} />}
        </div>
      )}
      <Action program={program} enrolling={enrolling} />
    </aside>
  );
}

function Places({ taken, capacity }: { taken: number; capacity: number }) {
  return (
    <div className="places" aria-hidden>
      {Array.from({ length: capacity }, (_, place) => (
        <i key={place} className={place < taken ? "" : "free"} />
      ))}
    </div>
  );
}

function Action({ program, enrolling }: Props) {
  const isSignedIn = useAccount((account) => !!account.me);
  const enrollment = program.my?.enrollment;
  if (program.my?.part)
    return (
      <p className="flex gap-2">
        <Check className="i mt-1" aria-hidden />
        <Trans>You are staff of this program, so you are in already.</Trans>
      </p>
    );
  if (enrollment && ["active", "pending", "waitlisted"].includes(enrollment.status))
    return <Placed program={program} enrollment={enrollment} />;
  if (enrollment?.status === "completed")
    return (
      <Banner look="good">
        <Trans>You have completed this program.</Trans>
      </Banner>
    );
  if (program.status !== "published")
    return (
      <p>
        <Trans>Nobody can enroll now.</Trans>
      </p>
    );
  if (!isSignedIn)
    return (
      <>
        <div className="enroll-go">
          <Go program={program} enrolling={enrolling} />
        </div>
        <p className="muted text-sm">
          <Trans>You can make an account there too.</Trans>
        </p>
      </>
    );
  return <Enroll program={program} enrolling={enrolling} />;
}

function useSettled() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["program", "programs", "day", "enrollments"].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

const isFull = (program: Program): boolean => program.places_left === 0;

/** The button that says what happens next. */
function Go({ program, enrolling }: Props) {
  const isSignedIn = useAccount((account) => !!account.me);
  const price = money(program.price_cents, program.currency);
  if (!isSignedIn)
    return (
      <Link
        to="/sign-in"
        search={{ next: `/programs/${program.slug}` }}
        className={button({ look: "primary", size: "lg", wide: true })}
      >
        {isFull(program) ? <Trans>Sign in to join the waiting list</Trans> : <Trans>Sign in to enroll</Trans>}
      </Link>
    );
  const doing = isFull(program) ? <Trans>Joining the waiting list</Trans> : <Trans>Enrolling</Trans>;
  return (
    <Button
      look="primary"
      size="lg"
      wide
      onClick={() => enrolling.mutate()}
      busy={enrolling.isPending && doing}
    >
      {isFull(program) ? (
        <Trans>Join the waiting list</Trans>
      ) : program.price_cents > 0 ? (
        <Trans>Enroll for {price}</Trans>
      ) : (
        <Trans>Enroll</Trans>
      )}
    </Button>
  );
}

function Enroll({ program, enrolling }: Props) {
  const { waiting } = program;
  return (
    <>
      <div className="enroll-go">
        {enrolling.error && <Failed error={enrolling.error} />}
        <Go program={program} enrolling={enrolling} />
      </div>
      {isFull(program) && (
        <p className="muted flex gap-2 text-sm">
          <Clock className="i mt-0.5" aria-hidden />
          <span>
            <Plural
              value={waiting}
              _0="All places are taken. You are first in line, and get the next place that is free."
              one="All places are taken. One person waits before you. You get a place by itself when it is your turn."
              other="All places are taken. # people wait before you. You get a place by itself when it is your turn."
            />
          </span>
        </p>
      )}
      {!isFull(program) && (
        <p className="muted flex gap-2 text-sm">
          <Undo2 className="i mt-0.5" aria-hidden />
          <span>
            <Trans>You can leave again at any time.</Trans>
          </span>
        </p>
      )}
    </>
  );
}

type Mine = NonNullable<NonNullable<Program["my"]>["enrollment"]>;

function Placed({ program, enrollment }: { program: Program; enrollment: Mine }) {
  const { t } = useLingui();
  const settled = useSettled();
  const [asking, setAsking] = useState(false);
  const isWaiting = enrollment.status === "waitlisted";
  const title = program.title;
  const place = enrollment.place_in_line ?? 1;
  const leave = useMutation({
    mutationFn: () => api<null>("DELETE", `/enrollments/${enrollment.id}`),
    onSuccess: () => setAsking(false),
    onSettled: settled,
  });
  return (
    <>
      <Banner look={isWaiting ? "info" : "good"}>
        {isWaiting ? (
          <Plural
            value={place}
            one="You are next in line. You get a place by itself."
            other="You are number # in line. You get a place by itself."
          />
        ) : enrollment.status === "pending" ? (
          <Trans>Your place is kept. It is not confirmed yet.</Trans>
        ) : (
          <Trans>You have a place. The sessions stand in your day.</Trans>
        )}
      </Banner>
      {!isWaiting && (
        <Link to="/my-day" className={button({ look: "primary", size: "lg", wide: true })}>
          <Trans>Go to my day</Trans>
        </Link>
      )}
      <Button look="quiet" wide onClick={() => setAsking(true)}>
        {isWaiting ? <Trans>Leave the waiting list</Trans> : <Trans>Leave this program</Trans>}
      </Button>
      {asking && (
        <Dialog
          title={isWaiting ? t`Leave the waiting list of ${title}?` : t`Leave ${title}?`}
          onClose={() => setAsking(false)}
        >
          <p>
            {isWaiting ? (
              <Trans>If you come back, you start at the end of the list.</Trans>
            ) : (
              <Trans>
                Your place goes to the next person in line. If you come back, there may be no place.
              </Trans>
            )}
          </p>
          {leave.error && <Failed error={leave.error} />}
          <div className="actions">
            <Button data-safe onClick={() => setAsking(false)}>
              <Trans>Stay</Trans>
            </Button>
            <Button
              look="dangerFill"
              onClick={() => leave.mutate()}
              busy={leave.isPending && <Trans>Leaving</Trans>}
            >
              {isWaiting ? <Trans>Leave the waiting list</Trans> : <Trans>Leave this program</Trans>}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
