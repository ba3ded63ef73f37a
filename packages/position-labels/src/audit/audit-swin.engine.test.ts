import { disposeVariables, loadVariables, readVariables } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { swin } from '../../../swin/src/index.js';
import { auditPositions } from './audit-positions.js';

const size = { patchSize: 2, channels: 32, depths: [1], heads: [2], relativePositionBias: false };

describe('the audit of a Swin', () => {
  it('finds the padding of windows, by showing it one without', async () => {
    const options = { imageSize: { height: 10, width: 10 }, images: 96, steps: 100 }; // 5 x 5 tokens
    const backbone = swin({ ...size, imageSize: 10, windowSize: 4 });
    const unpadded = swin({ ...size, imageSize: 10, windowSize: 5 });
    loadVariables(unpadded.variables, await readVariables(backbone.variables));
    const without = { 'zero padding of windows': unpadded };
    const audit = await auditPositions({ backbone, without, ...options });
    expect(audit.positionSources).toEqual(['zero padding of windows']);
    expect(audit.asItIs.constant.aboveChance).toBe(true);
    expect(audit.without['zero padding of windows']?.constant.aboveChance).toBe(false);
    expect(audit.findings[0]).toMatch(
      /^zero padding of windows gives position away: without it, accuracy on constant images falls from \d+\.\d % to 4\.0 %, which is chance/,
    );
    for (const { variables } of [backbone, unpadded]) disposeVariables(variables);
  });

  it('names what the backbone says where nothing that was switched off explains it', async () => {
    const backbone = swin({ ...size, imageSize: 10, windowSize: 4 });
    const options = { imageSize: { height: 10, width: 10 }, images: 96, steps: 100 };
    const { findings } = await auditPositions({ backbone, ...options });
    expect(findings.at(-1)).toContain('It says that this tells positions: zero padding of windows.');
    disposeVariables(backbone.variables);
  });

  it('finds nothing where windows are whole', async () => {
    const backbone = swin({ ...size, imageSize: 8, windowSize: 4 });
    const audit = await auditPositions({
      backbone,
      imageSize: { height: 8, width: 8 },
      images: 48,
      steps: 100,
    });
    expect(audit.asItIs.constant.aboveChance).toBe(false);
    expect(audit.positionSources).toEqual([]);
    disposeVariables(backbone.variables);
  });
});
