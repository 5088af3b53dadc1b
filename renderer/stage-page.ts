// The page of a screen.
import { findBridge } from './bridge.ts';
import { openStage } from './open-stage.ts';

openStage(findBridge(window), false);
