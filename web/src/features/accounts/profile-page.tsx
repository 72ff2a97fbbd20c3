// The profile: who one is to others, language and zone, the password, text and colours, and the ways to sign out.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import type { ReactNode } from "react";

import { LookControls } from "../../components/look-controls";
import { Avatar } from "../../components/ui/avatar";
import { Button } from "../../components/ui/button";
import { Failed } from "../../components/ui/loaded";
import { useAccount } from "../../lib/account";
import { api, setSignedIn } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { AboutMe } from "./about-me";
import { PasswordForm } from "./password-form";

/** `children` are sections that other rooms add. */
export function ProfilePage({ children }: { children?: ReactNode }) {
  const { t } = useLingui();
  const me = useAccount((account) => account.me);
  usePageTitle(t`Me`);
  if (!me) return null;
  return (
    <div className="wide grid grid-cols-1 max-w-4xl! gap-6 py-6">
      <header className="flex flex-wrap items-center gap-4">
        <Avatar name={me.name} size="lg" />
        <div className="min-w-0">
          <h1 className="title break-words">{me.name}</h1>
          <p className="muted break-all">{me.email ?? <Trans>You sign in with your personal link.</Trans>}</p>
        </div>
        <SignOut />
      </header>
      <section className="card grid gap-5" aria-labelledby="about-me">
        <h2 id="about-me" className="text-lg">
          <Trans>About me</Trans>
        </h2>
        <AboutMe key={me.id} me={me} />
      </section>
      <section className="card grid gap-5" aria-labelledby="look">
        <h2 id="look" className="text-lg">
          <Trans>Text and colours</Trans>
        </h2>
        <LookControls />
      </section>
      {children}
      {me.scope === "account" && me.email && (
        <section className="card grid gap-5" aria-labelledby="password">
          <h2 id="password" className="text-lg">
            <Trans>Password</Trans>
          </h2>
          <PasswordForm email={me.email} />
        </section>
      )}
      <section className="card grid gap-3" aria-labelledby="devices">
        <h2 id="devices" className="text-lg">
          <Trans>Other devices</Trans>
        </h2>
        <p className="max-w-prose">
          <Trans>
            Did you leave a tablet or computer signed in? This signs you out on all of them, and here.
          </Trans>
        </p>
        <SignOut everywhere />
      </section>
    </div>
  );
}

function SignOut({ everywhere = false }: { everywhere?: boolean }) {
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () =>
      api<null>("POST", everywhere ? "/auth/logout_everywhere" : "/auth/logout", { body: {} }),
    onSuccess: async () => {
      setSignedIn(null);
      await navigate({ to: "/sign-in", search: {}, replace: true });
    },
  });
  return (
    <div className={everywhere ? "grid justify-items-start gap-3" : "ms-auto grid gap-3"}>
      {signOut.error && <Failed error={signOut.error} />}
      <Button onClick={() => signOut.mutate()} busy={signOut.isPending && <Trans>Signing out</Trans>}>
        <LogOut className="i flip" aria-hidden />
        {everywhere ? <Trans>Sign out everywhere</Trans> : <Trans>Sign out</Trans>}
      </Button>
    </div>
  );
}
