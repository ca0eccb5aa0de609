// The desk: asks one service's GraphQL with prepared questions, as one of the demonstration's people.
const at = (id) => document.getElementById(id);
let token = null;
// Ids that earlier answers gave, for the questions that follow: {{name}} in the variables. Days are those of Shanghai.
const memory = { today: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) };

const show = (text, isBad = false) => {
  at('status').textContent = text;
  at('status').classList.toggle('bad', isBad);
};

async function ask(query, variables) {
  const headers = { 'content-type': 'application/json', 'accept-language': navigator.language };
  if (token) headers.authorization = `Bearer ${token}`;
  const started = performance.now();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers,
    credentials: 'omit',
    body: JSON.stringify({ query, variables }),
  });
  return {
    body: await response.json(),
    took: Math.round(performance.now() - started),
    status: response.status,
  };
}

const CODE = `mutation ($phone: String!) { signInCodeRequest(phone: $phone) { __typename
  ... on SignInCodeRequestPayload { developmentCode } ... on DomainError { code message } } }`;
const SIGN_IN = `mutation ($phone: String!, $code: String!) { signInWithCode(phone: $phone, code: $code) { __typename
  ... on SignInWithCodePayload { tokens { accessToken } } ... on DomainError { code message } } }`;

async function signIn(phone) {
  token = null;
  if (!phone) return show('Nobody is signed in.');
  const requested = (await ask(CODE, { phone })).body.data?.signInCodeRequest;
  if (!requested?.developmentCode)
    return show(requested?.message ?? 'The code goes by SMS here; sign in with signInWithCode.', true);
  const signed = (await ask(SIGN_IN, { phone, code: requested.developmentCode })).body.data?.signInWithCode;
  token = signed?.tokens?.accessToken ?? null;
  show(
    token
      ? `Signed in with the one-time code ${requested.developmentCode}.`
      : (signed?.message ?? 'Signing in failed.'),
    !token,
  );
}

/** `remember: { order: 'orderPlace.order.id' }` keeps a value of the answer under a name. */
function remember(step, data) {
  for (const [name, path] of Object.entries(step?.remember ?? {})) {
    const value = path.split('.').reduce((node, key) => node?.[key], data);
    if (value !== undefined && value !== null) memory[name] = value;
  }
}

const filled = (text) =>
  text.replace(
    /\{\{(\w+)\}\}/g,
    (whole, name) => memory[name] ?? (name === 'random' ? crypto.randomUUID() : whole),
  );

let current = null;

function choose(step, button) {
  current = step;
  for (const other of document.querySelectorAll('.steps button'))
    other.setAttribute('aria-current', String(other === button));
  at('query').value = step.query.trim();
  at('variables').value = JSON.stringify(step.variables ?? {}, null, 2);
}

async function run() {
  at('run').disabled = true;
  try {
    const variables = JSON.parse(filled(at('variables').value || '{}'));
    const { body, took, status } = await ask(at('query').value, variables);
    at('answer').textContent = JSON.stringify(body, null, 2);
    remember(current, body.data);
    const refusal = Object.values(body.data ?? {}).find((value) => typeof value?.code === 'string');
    if (body.errors) show(`${body.errors[0].extensions?.code ?? status}: ${body.errors[0].message}`, true);
    else if (refusal) show(`${refusal.code}: ${refusal.message ?? ''}`, true);
    else show(`Answered in ${took} ms.`);
    const link = Object.values(body.data ?? {})[0]?.payment?.action?.url;
    at('link').hidden = !link;
    if (link) at('link').href = link;
  } catch (error) {
    show(
      error instanceof SyntaxError
        ? 'The variables are not valid JSON.'
        : 'The service does not answer. Is it running?',
      true,
    );
  } finally {
    at('run').disabled = false;
  }
}

/** The payment page sends buyers back to /orders/<id>. */
function comeBack() {
  const [, order] = /^\/orders\/(ord_\w+)$/.exec(location.pathname) ?? [];
  if (!order) return;
  memory.order = order;
  const wasPaid = new URLSearchParams(location.search).get('redirect_status') === 'succeeded';
  show(
    `Back from the payment page, ${wasPaid ? 'paid' : 'not paid'}. Sign in and ask “Where is it?” about ${order}.`,
    !wasPaid,
  );
  at('status').scrollIntoView({ block: 'center' });
}

async function open() {
  const [tour, logins] = await Promise.all([
    fetch('/desk/tour.json').then((response) => response.json()),
    fetch('/desk/logins.json').then((response) => (response.ok ? response.json() : [])),
  ]);
  document.title = `${tour.title} · Taoyuan 桃源`;
  at('title').textContent = tour.title;
  at('lead').textContent = tour.lead;
  for (const step of tour.steps) {
    const button = document.createElement('button');
    const note = document.createElement('small');
    note.textContent = step.note;
    button.append(step.title, note);
    button.addEventListener('click', () => choose(step, button));
    const item = document.createElement('li');
    item.append(button);
    at('steps').append(item);
  }
  document.querySelector('.steps button')?.click();
  const people = logins.filter((login) => login.service === tour.service);
  at('who').append(...people.map(({ who, phone }) => new Option(`${who} · ${phone}`, phone)));
  at('who').addEventListener('change', () => signIn(at('who').value));
  at('run').addEventListener('click', run);
  comeBack();
}

open().catch(() => show('The desk could not be loaded.', true));
