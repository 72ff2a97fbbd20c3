// First-run set-up, by its one-time link: one question per page, nothing typed is lost on the way back.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";

import { Mark } from "../../components/brand";
import { Hills } from "../../components/hills";
import { Banner } from "../../components/ui/banner";
import { button } from "../../components/ui/button";
import { Failed, Skeleton } from "../../components/ui/loaded";
import type { SignedIn } from "../../contract/types";
import { api, Refused, setSignedIn } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { browserZone } from "../../lib/times";
import { useFragment } from "./fragment";
import { SetUpSteps, type SetUpAnswers } from "./set-up-steps";

export function SetUpPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { secret: token } = useFragment();
  usePageTitle(t`Set up`);
  const check = useQuery({
    queryKey: ["set-up", token],
    queryFn: () => api<null>("POST", "/setup/check", { body: { token } }).then(() => true),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const setUp = useMutation({
    mutationFn: (answers: SetUpAnswers) =>
      api<SignedIn>("POST", "/setup", { body: { token, ...answers, time_zone: browserZone() } }),
    onSuccess: (answer, { organisation }) => {
      document.querySelector('meta[name="vdp-organisation"]')?.setAttribute("content", organisation);
      setSignedIn(answer);
      return navigate({ to: "/overview", replace: true });
    },
  });
  const isUsed = check.error instanceof Refused && check.error.status < 500 && check.error.status > 0;
  return (
    <div className="setup sky" data-shell="participant">
      <header className="topbar">
        <span className="org">
          <Mark />
          <span>
            <Trans>Virtual Day Program</Trans>
          </span>
        </span>
      </header>
      <main id="main" className="setup-card step">
        {check.isPending && <Skeleton label={t`Looking at your link`} rows={2} />}
        {check.data && <SetUpSteps setUp={setUp} />}
        {check.error &&
          (isUsed ? <Used /> : <Failed error={check.error} onRetry={() => void check.refetch()} />)}
      </main>
      <Hills />
    </div>
  );
}

function Used() {
  return (
    <>
      <h1>
        <Trans>This link was used already</Trans>
      </h1>
      <Banner look="warn">
        <Trans>
          A set-up link works once. If you are the one who set this up, sign in. Otherwise ask that person for
          an account.
        </Trans>
      </Banner>
      <p>
        <Link to="/sign-in" className={button({ look: "primary" })}>
          <Trans>Go to sign in</Trans>
        </Link>
      </p>
    </>
  );
}
