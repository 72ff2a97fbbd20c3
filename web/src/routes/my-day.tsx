// A place for the page.
import { createFileRoute } from "@tanstack/react-router";

export const Route = createFileRoute("/my-day")({ component: () => <h1>my-day</h1> });
