package dev.morgana.tck.power;

/**
 * What a campaign did.
 *
 * @param scenario the scenario's name
 * @param cuts at how many points the power was cut: at the beginning, after each program, erase and sync, and after each step
 * @param sampled at how many of them there were too many combinations of blocks to try them all
 * @param images how many images were judged; images that were equal at equal progress count once
 * @param duplicates how many further images were equal to one of them
 * @param effective how many of the images were neither what was before the step under way nor what is after it
 * @param recoveryCuts at how many points the power was cut again, while the store recovered
 * @param recoveryImages how many images were judged after such a second cut
 */
public record PowerLossReport(
        String scenario,
        long cuts,
        long sampled,
        long images,
        long duplicates,
        long effective,
        long recoveryCuts,
        long recoveryImages) {}
