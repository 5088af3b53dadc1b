// Starts the stage on a page: no code is ever built from text (CSP), fonts first, then the bridge.
import { mount } from 'svelte';
import { z } from 'zod';
import type { StageBridge } from '../core/bridge.ts';
import Stage from './stage/Stage.svelte';

export function openStage(bridge: StageBridge, atOrigin: boolean): void {
  z.config({ jitless: true });
  document.addEventListener('contextmenu', (event) => event.preventDefault());
  document.addEventListener('dragstart', (event) => event.preventDefault());
  mount(Stage, { target: document.body, props: { bridge, atOrigin } });
}
