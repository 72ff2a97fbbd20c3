// lands-cli.mjs build|remove NAME: makes or removes the namespaces of one run.
import { Lands } from './lands.mjs';

const [, , what, name] = process.argv;
const lands = new Lands(name);
if (what === 'build') lands.build();
else lands.remove();
