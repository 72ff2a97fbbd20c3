// The profile.
import { createFileRoute } from "@tanstack/react-router";

import { signedIn } from "../../app/guards";
import { ProfilePage } from "../../features/accounts/profile-page";

export const Route = createFileRoute("/_house/me")({ beforeLoad: signedIn, component: ProfilePage });
