// Makes a self-signed certificate for one run of tests, faults or bench; the browser is told to accept it.
import { generate } from "selfsigned";

/** @returns {Promise<{ key: string, cert: string }>} */
export async function makeCertificate() {
  const { private: key, cert } = await generate([{ name: "commonName", value: "example.com" }], {
    keyType: "ec",
    algorithm: "sha256",
  });
  return { key, cert };
}
