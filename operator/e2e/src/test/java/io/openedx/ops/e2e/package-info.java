/**
 * The operator as its users meet it: installed from the kustomize base, driven by kubectl's means,
 * judged by plain SQL.
 */
package io.openedx.ops.e2e;
