// Signing in.
import { Trans } from "@lingui/react/macro";
import { createFileRoute } from "@tanstack/react-router";

export const Route = createFileRoute("/sign-in")({ component: SignIn });

function SignIn() {
  return (
    <h1>
      <Trans>Sign in</Trans>
    </h1>
  );
}
