// A throw-away certificate: the recorded pages were served over HTTPS, and Node can use a certificate but not make one.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const missing =
  "openssl is missing: the wire scenarios need a throw-away certificate. " +
  "Debian: apt-get install openssl; macOS has one; on Windows Git brings it: add C:\\Program Files\\Git\\usr\\bin to PATH.";

/** @returns {{ key: Buffer, cert: Buffer }} */
export function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "afterhit-wire-"));
  const keyFile = join(folder, "key.pem");
  const certFile = join(folder, "cert.pem");
  const how = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=example.com".split(" ");
  try {
    execFileSync("openssl", [...how, "-keyout", keyFile, "-out", certFile], { stdio: "pipe" });
    return { key: readFileSync(keyFile), cert: readFileSync(certFile) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") throw new Error(missing);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
