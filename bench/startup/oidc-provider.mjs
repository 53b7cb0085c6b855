// oidc-provider with its own quick-start settings, in memory, and one client that may sign in by itself.
import { Provider } from "oidc-provider";

const port = Number(process.argv[2]);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  features: { clientCredentials: { enabled: true } },
  clients: [{ client_id: "bench", client_secret: "bench-secret", grant_types: ["client_credentials"], redirect_uris: [], response_types: [] }],
});
provider.listen(port, "127.0.0.1");
