// Orders for staff: stop, solemn programme, alert; who is reached, who obeys; lifting and cancelling.
import { z } from 'zod';
import {
  confirmRequestSchema,
  endOrderSchema,
  newAlertSchema,
  newSolemnSchema,
  newStopSchema,
  orderAnswerSchema,
  orderPaths,
  orderScreenSchema,
  ordersViewSchema,
  orderViewSchema,
  reachAnswerSchema,
  reachSchema,
  type OrderView,
} from '../../core/order-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import type { LivePlayers } from '../players/players.ts';
import { orderDesk, type Done } from './order-desk.ts';
import { findOrder, openRequests, pastOrders, standingOrders, type StoredOrder } from './order-store.ts';
import { alertRequests, orderScreens, orderView, reachView } from './order-view.ts';

const pastShown = 30;
const numbered = z.object({ number: z.coerce.number().int().min(1) });
const named = z.object({ id: z.uuid() });
const tags = ['orders'];

export function orderRoutes(players: LivePlayers): Routes {
  return (app, context) => {
    const { db, now } = context;
    const desk = orderDesk(context);
    const editor = { access: { role: 'editor', within: 'own-unit' } } as const;

    const viewOf = async ({ document }: StoredOrder): Promise<OrderView | null> => {
      const order = await findOrder(db, document.number);
      return order ? orderView(db, players, order, await openRequests(db, now()), now()) : null;
    };
    const issued = async (order: StoredOrder): Promise<OrderView> => {
      const view = await viewOf(order);
      if (!view) throw new Error(`order ${order.document.number} is gone`);
      return view;
    };
    const answer = async (done: Done) => ('waiting' in done ? { order: null, waiting: true } : { order: await viewOf(done.order), waiting: false });

    app.get(
      orderPaths.orders,
      {
        config: { access: { role: 'viewer' } },
        schema: {
          summary: 'Orders in force, the latest past ones, and what waits for a second person or for signatures',
          tags,
          response: { 200: ordersViewSchema },
        },
      },
      async () => {
        const requests = await openRequests(db, now());
        const orders: OrderView[] = [];
        for (const order of [...(await standingOrders(db, now())).reverse(), ...(await pastOrders(db, now(), pastShown))])
          orders.push(await orderView(db, players, order, requests, now()));
        return { orders, requests: await alertRequests(db, context.keys.root.document, now()) };
      },
    );

    app.get(
      orderPaths.screens(':number'),
      {
        config: { access: { role: 'viewer' } },
        schema: {
          summary: 'The screens of an order: which obey, which have not confirmed, which cannot be reached and whom to call',
          tags,
          params: numbered,
          response: { 200: z.array(orderScreenSchema) },
        },
      },
      async (request) => {
        const order = await findOrder(db, request.params.number);
        if (!order) throw new ApiFailure('not-found');
        return orderScreens(db, players, order);
      },
    );

    app.post(
      orderPaths.reach,
      { config: editor, schema: { summary: 'Which screens a target means now', tags, body: reachSchema, response: { 200: reachAnswerSchema } } },
      async (request) => reachView(await desk.reach(callerOf(request), request.body.target), players, context.keys.root.document),
    );

    app.post(
      orderPaths.stops,
      {
        config: editor,
        schema: {
          summary: 'Stop screens, for good or, as a pause for works, until a time; nobody has to approve',
          tags,
          body: newStopSchema,
          response: { 201: orderViewSchema },
        },
      },
      async (request, reply) => {
        const { target, until, ...words } = request.body;
        return reply.code(201).send(await issued(await desk.stop(callerOf(request), target, words, until)));
      },
    );

    app.post(
      orderPaths.solemn,
      {
        config: editor,
        schema: { summary: 'Begin a solemn programme for an area and dates', tags, body: newSolemnSchema, response: { 201: orderViewSchema } },
      },
      async (request, reply) => {
        const { target, occasion, from, until, ...words } = request.body;
        return reply.code(201).send(await issued(await desk.solemn(callerOf(request), { target, occasion, from, until }, words)));
      },
    );

    app.post(
      orderPaths.alerts,
      {
        config: editor,
        schema: {
          summary: 'Send an alert; free words to real screens wait for a second person, or for the signatures of approvers where a screen asks for them',
          tags,
          body: newAlertSchema,
          response: { 200: orderAnswerSchema },
        },
      },
      async (request) => answer(await desk.alert(callerOf(request), request.body)),
    );

    app.post(
      orderPaths.confirm(':id'),
      {
        config: { access: { role: 'approver', within: 'own-unit' } },
        schema: {
          summary: 'Send an alert in free words that somebody else wrote',
          tags,
          params: named,
          body: confirmRequestSchema,
          response: { 201: orderViewSchema },
        },
      },
      async (request, reply) => reply.code(201).send(await issued(await desk.confirm(callerOf(request), request.params.id, request.body.confirm))),
    );

    app.delete(
      orderPaths.request(':id'),
      { config: editor, schema: { summary: 'Withdraw an alert that waits', tags, params: named, response: { 204: z.null() } } },
      async (request, reply) => {
        await desk.withdraw(callerOf(request), request.params.id);
        return reply.code(204).send(null);
      },
    );

    app.post(
      orderPaths.end(':number'),
      {
        config: editor,
        schema: {
          summary: 'End an order: cancel an alert, lift a stop (an approver other than whoever stopped), end a solemn programme (two people)',
          tags,
          params: numbered,
          body: endOrderSchema,
          response: { 200: orderAnswerSchema },
        },
      },
      async (request) => {
        const { number } = request.params;
        const done = await desk.end(callerOf(request), number, request.body.reason);
        const order = await findOrder(db, number);
        if ('waiting' in done || !order) return answer(done);
        return { order: await orderView(db, players, order, [], now()), waiting: false };
      },
    );
  };
}
