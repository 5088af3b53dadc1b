// Starts the console: takes a sign-in token out of the address before anything else, then wires API, session and live line.
import './no-eval.ts';
import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/latin-500.css';
import '@fontsource/be-vietnam-pro/latin-600.css';
import '@fontsource/be-vietnam-pro/latin-700.css';
import '@fontsource/be-vietnam-pro/latin-ext-400.css';
import '@fontsource/be-vietnam-pro/latin-ext-500.css';
import '@fontsource/be-vietnam-pro/latin-ext-600.css';
import '@fontsource/be-vietnam-pro/latin-ext-700.css';
import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-500.css';
import '@fontsource/be-vietnam-pro/vietnamese-600.css';
import '@fontsource/be-vietnam-pro/vietnamese-700.css';
import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { createApi } from './api-client.ts';
import { clock } from './clock.svelte.ts';
import { createLive } from './live.svelte.ts';
import { addresses, readRoute } from './route.ts';
import { createSession } from './session.svelte.ts';

function takeToken(): string | undefined {
  const route = readRoute(location.hash);
  if (route.page !== 'sign-in' || route.token === undefined) return undefined;
  history.replaceState(null, '', addresses.signIn);
  return route.token;
}

const token = takeToken();
const session = createSession(() => api);
const api = createApi(
  (path, init) => fetch(path, { ...init, credentials: 'same-origin' }),
  (response) => {
    clock.learn(response);
    if (response.status === 401) session.ended();
  },
);
const live = createLive(() => void api.me());

const target = document.getElementById('console');
if (!target) throw new Error('the page has no place for the console');
mount(App, { target, props: { api, session, live, token } });
