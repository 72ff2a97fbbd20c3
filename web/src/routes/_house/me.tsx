// The profile.
import { createFileRoute } from "@tanstack/react-router";

import { signedIn } from "../../app/guards";
import { ProfilePage } from "../../features/accounts/profile-page";
import { MyCalendars } from "../../features/programs/my-calendars";

export const Route = createFileRoute("/_house/me")({ beforeLoad: signedIn, component: Me });

function Me() {
  return (
    <ProfilePage>
      <MyCalendars />
    </ProfilePage>
  );
}
