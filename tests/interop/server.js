// An authorization server that was not written here (oidc-provider) in front of a sample provider's FHIR.
//
// One line of JSON on stdin says what to serve: `fhir`, the sample provider's base; `token`, what opens it; `patient`,
// the id there; `registration`, the token that entitles to register, if one is wanted. One line on stdout says where.
// When stdin ends, so does this: a test that dies leaves no server behind.

import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const lines = createInterface({ input: process.stdin });
const wanted = JSON.parse((await lines[Symbol.asyncIterator]().next()).value);
process.stdin.on('end', () => process.exit(0)).resume();

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;
const base = `${origin}/fhir`;

const provider = new Provider(origin, {
  cookies: { keys: ['of no use outside this process'] },
  scopes: ['openid', 'offline_access', 'launch/patient', 'patient/*.read'],
  claims: { openid: ['sub'], fhirUser: ['fhirUser'] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, fhirUser: `${base}/Patient/${wanted.patient}` }),
  }),
  // What SMART App Launch asks of clients with a key.
  enabledJWA: { clientAuthSigningAlgValues: ['ES384', 'RS384'] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    registration: { enabled: true, initialAccessToken: wanted.registration ?? false },
    revocation: { enabled: true },
  },
});

// What came to the token endpoint, with its answer's status: a test sends it once more.
const trades = [];
provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === '/token') {
    const { authorization } = ctx.headers;
    trades.push({ status: ctx.status, form: { ...ctx.oidc?.body }, authorization });
  }
});
const answer = provider.callback();

function send(res, status, type, body) {
  res.writeHead(status, { 'content-type': type }).end(body);
}

async function configuration() {
  const own = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
  return { ...own, capabilities: ['launch-standalone', 'client-public', 'permission-patient', 'permission-v1'] };
}

// The sample provider's FHIR under this origin, for those who show a token of this server.
async function fhir(req, res) {
  const rest = req.url.slice('/fhir'.length);
  if (rest === '/.well-known/smart-configuration') {
    return send(res, 200, 'application/json', JSON.stringify(await configuration()));
  }
  const headers = { accept: req.headers.accept ?? '*/*' };
  if (rest !== '/metadata') {
    const shown = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
    const token = shown && (await provider.AccessToken.find(shown));
    if (!token?.scope?.split(' ').includes('patient/*.read')) {
      return send(res, token ? 403 : 401, 'text/plain', 'no');
    }
    headers.authorization = `Bearer ${wanted.token}`;
  }
  const reply = await fetch(wanted.fhir + rest, { headers, redirect: 'manual' });
  const type = reply.headers.get('content-type') ?? 'text/plain';
  const bytes = Buffer.from(await reply.arrayBuffer());
  const text = type.includes('json') ? bytes.toString('utf8').replaceAll(wanted.fhir, base) : bytes;
  return send(res, reply.status, type, text);
}

server.on('request', (req, res) => {
  if (req.url === '/trades') return send(res, 200, 'application/json', JSON.stringify(trades));
  if (!req.url.startsWith('/fhir/')) return answer(req, res);
  return fhir(req, res).catch((error) => send(res, 502, 'text/plain', error.name));
});
process.stdout.write(`listening at ${origin}\n`);
