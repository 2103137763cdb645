// The type definitions with programs that must compile and programs that must not.
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
const options =
  "--ignoreConfig --noEmit --strict --target es2022 --module nodenext --lib es2023,dom,dom.iterable --types".split(
    " ",
  );

for (const name of ["accepted", "refused"]) {
  test(`programs that must be ${name} are`, async () => {
    const program = fileURLToPath(new URL(`types/${name}.ts`, import.meta.url));
    const { stdout } = await execute(process.execPath, [compiler, ...options, "", program]).catch(
      (error) => error,
    );
    if (stdout) throw new Error(stdout);
  });
}
