import { describe, expect, it } from 'vitest';
import { existsOn, treeOn, type Tree } from './campaigns-api.ts';

const districts: Tree = { id: 'hanoi-districts', units: 30, from: '2014-04-01', until: '2025-06-30' };
const communes: Tree = { id: 'hanoi-communes-2025', units: 126, from: '2025-07-01', until: null };
const groups: Tree = { id: 'to-dan-pho-ba-dinh', units: 12, from: '2025-07-01', until: null };
const trees = [groups, districts, communes];

describe('the tree of a campaign that begins on a day', () => {
  it('is the one in force while its units exist', () => {
    expect(treeOn(trees, '2025-06-30', districts.id)).toBe(districts.id);
    expect(treeOn(trees, '2026-03-01', groups.id)).toBe(groups.id);
  });

  it('is the city’s of that day once they have gone', () => {
    expect(treeOn(trees, '2025-07-01', districts.id)).toBe(communes.id);
    expect(treeOn(trees, '2024-11-01', groups.id)).toBe(districts.id);
  });

  it('stays where there is nothing better', () => {
    expect(treeOn(trees, '2001-01-01', communes.id)).toBe(communes.id);
    expect(existsOn(communes, '2001-01-01')).toBe(false);
  });
});
