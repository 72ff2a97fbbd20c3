// A personal join link: the secret stands in the fragment, which never leaves the browser by itself. It is taken out of the
// address at once, signs the person in, and leads to My day.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

import { Banner } from "../../components/ui/banner";
import { Button, button } from "../../components/ui/button";
import type { SignedIn } from "../../contract/types";
import { api, Refused, setSignedIn } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { useProblem } from "../../lib/problems";
import { useFragment } from "./fragment";
import { SkySide } from "./sky-side";

export function JoinLinkPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { secret: token, turn } = useFragment();
  usePageTitle(t`Your personal link`);
  const { mutate, error, isPending, isIdle } = useMutation({
    mutationFn: () => api<SignedIn>("POST", "/auth/link", { body: { token } }),
    onSuccess: (answer) => {
      setSignedIn(answer);
      return navigate({ to: "/my-day", replace: true });
    },
  });
  useEffect(() => {
    if (token) mutate();
  }, [token, turn, mutate]);
  return (
    <div className="auth" data-shell="participant">
      <SkySide />
      <main id="main" className="auth-form">
        <div className="grid gap-5">
          <h1>
            <Trans>Your personal link</Trans>
          </h1>
          {token && (isPending || isIdle) && (
            <p role="status">
              <Trans>One moment. We open your day.</Trans>
            </p>
          )}
          {!token && (
            <Banner look="warn" role="alert">
              <Trans>This link is not complete. Open it again from the message or card you got.</Trans>
            </Banner>
          )}
          {error && <Refusal error={error} onRetry={mutate} />}
          {(error || !token) && (
            <p>
              <Link to="/sign-in" className={button()}>
                <Trans>Sign in with a password</Trans>
              </Link>
            </p>
          )}
        </div>
      </main>
    </div>
  );
}

function Refusal({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const sentence = useProblem();
  const isRevoked = error instanceof Refused && [401, 403, 404, 422].includes(error.status);
  if (isRevoked)
    return (
      <Banner look="bad" role="alert">
        <Trans>This link does not work any more. Ask the person who gave it to you for a new one.</Trans>
      </Banner>
    );
  return (
    <Banner
      look="bad"
      role="alert"
      action={
        <Button onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      {sentence(error)}
    </Banner>
  );
}
