// A place for the page.
import { createFileRoute } from "@tanstack/react-router";

export const Route = createFileRoute("/overview")({ component: () => <h1>overview</h1> });
