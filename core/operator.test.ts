import { expect, it } from 'vitest';
import { operatorSchema, operatorsOf, operatorTextSchema } from './operator.ts';

it('lists each operator once, however it is spelled, in the order of the alphabet', () => {
  const named = ['Sao Đêm', '', 'Ánh Sáng', 'ÁNH  SÁNG', 'An Bình'].map((operator) => ({ operator }));
  expect(operatorsOf(named)).toEqual(['An Bình', 'ÁNH  SÁNG', 'Sao Đêm']);
});

it('is a composed name with letters or digits, of 120 at most, or nothing where staff may leave it open', () => {
  for (const wrong of ['…', 'A'.repeat(121), 'Ánh Sáng'.normalize('NFD')]) expect(operatorTextSchema.safeParse(wrong).success, wrong).toBe(false);
  expect([operatorTextSchema.parse(' Ánh Sáng '), operatorTextSchema.parse('')]).toEqual(['Ánh Sáng', '']);
  expect(operatorSchema.safeParse(' ').success).toBe(false);
});
