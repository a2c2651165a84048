package dev.polyphony.experiment;

/**
 * Marks exceptions whose message alone tells a user what is wrong, where, and what would be right. Programs print the
 * message, without a stack trace, and end with exit code 2.
 */
public interface UserMistake {}
