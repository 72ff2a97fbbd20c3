// The front door: an email address and a password. Mail link, passkey and picture code find their place beside them later.
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { LifeBuoy } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { LookButton } from "../../components/look-button";
import { button } from "../../components/ui/button";
import { Segmented } from "../../components/ui/segmented";
import { usePageTitle } from "../../lib/page";
import { SignInForm } from "./sign-in-form";
import { SkySide } from "./sky-side";

// Its rules of form weigh more than the whole page; most people never open it.
const RegisterForm = lazy(() => import("./register-form"));

export function SignInPage() {
  const { t } = useLingui();
  const [isNew, setNew] = useState(false);
  usePageTitle(isNew ? t`Make an account` : t`Sign in`);
  return (
    <div className="auth" data-shell="participant">
      <SkySide />
      <main id="main" className="auth-form">
        <div className="grid gap-6">
          <div className="grid gap-2">
            <h1>{isNew ? <Trans>Make an account</Trans> : <Trans>Sign in</Trans>}</h1>
            <p className="muted">
              {isNew ? (
                <Trans>You need an email address and a password.</Trans>
              ) : (
                <Trans>Use the email address we write to.</Trans>
              )}
            </p>
          </div>
          <Suspense>{isNew ? <RegisterForm /> : <SignInForm />}</Suspense>
          {!isNew && (
            <p>
              <Link to="/forgot" className="link link-row">
                <Trans>Forgot your password?</Trans>
              </Link>
            </p>
          )}
          <Segmented
            label={t`Do you have an account?`}
            value={isNew ? "new" : "known"}
            options={[
              { value: "known", label: t`I have an account` },
              { value: "new", label: t`I am new here` },
            ]}
            onChange={(value) => setNew(value === "new")}
          />
          <p className="card flex gap-4">
            <LifeBuoy className="i mt-1" aria-hidden />
            <span>
              <Trans>
                Did you get a personal link? Open it: it signs you in without a password. If it does not work,
                ask the person who gave it to you.
              </Trans>
            </span>
          </p>
          <p className="flex flex-wrap items-center justify-between gap-x-6">
            <Link to="/programs" className="link link-row">
              <Trans>Look at the programs</Trans>
            </Link>
            <LookButton className={button({ look: "quiet" })} />
          </p>
        </div>
      </main>
    </div>
  );
}
