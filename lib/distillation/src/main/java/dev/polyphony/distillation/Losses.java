package dev.polyphony.distillation;

/**
 * What one training step minimised.
 *
 * @param total the weighted sum that was differentiated
 * @param crossEntropy mean over subnetworks and images, on clean images, in nats
 * @param divergence mean over subnetworks and images of the softened Kullback-Leibler divergence from the ensemble's
 *     members or their mean, in nats, without weight; with END2 the members' negative log-likelihood, which may be
 *     negative; 0 where nothing is distilled
 * @param gradientNorm Euclidean norm of the total's gradient with respect to all parameters, without weight decay
 */
public record Losses(double total, double crossEntropy, double divergence, double gradientNorm) {}
