#!/usr/bin/env node
import { runProvider } from "../server";
import { tlsProvider } from "./provider";

void runProvider(tlsProvider);
