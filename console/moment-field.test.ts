import { describe, expect, it } from 'vitest';
import { momentOfField, fieldOfInstant } from './moment-field.ts';

describe('an instant in a field', () => {
  it('is written and read by the clock in Hà Nội, wherever the computer stands', () => {
    expect(fieldOfInstant(Date.UTC(2024, 10, 11, 17, 30, 59))).toBe('2024-11-12T00:30');
    expect(momentOfField('2024-11-12T00:30')).toBe('2024-11-12T00:30:00+07:00');
  });

  it('is nothing when the field is empty or no date', () => {
    expect(momentOfField('')).toBeUndefined();
    expect(momentOfField('2024-02-31T10:00')).toBeUndefined();
  });
});
